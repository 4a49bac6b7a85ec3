<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AlarmSetup</name>
    <message>
        <source>New rule</source>
        <translation>새 규칙</translation>
    </message>
    <message>
        <source>“{name}” has taken the test.</source>
        <translation>“{name}”이(가) 시험 메시지를 받았습니다.</translation>
    </message>
</context>
<context>
    <name>CameraDialog</name>
    <message>
        <source>Change the camera</source>
        <translation>카메라 바꾸기</translation>
    </message>
    <message>
        <source>Add a camera</source>
        <translation>카메라 추가</translation>
    </message>
    <message>
        <source>north gate</source>
        <translation>북문</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>그대로 둠</translation>
    </message>
    <message>
        <source>Play a &amp;file again and again</source>
        <translation>파일을 되풀이해 재생(&amp;F)</translation>
    </message>
    <message>
        <source>There is a camera “{name}” already.</source>
        <translation>“{name}” 카메라가 이미 있습니다.</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>A file or a webcam asks for no password.</source>
        <translation>파일과 웹캠에는 암호가 필요 없습니다.</translation>
    </message>
    <message>
        <source>A recording to play as a camera</source>
        <translation>카메라처럼 재생할 녹화</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>파일…</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>주소(&amp;A)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>암호(&amp;P)</translation>
    </message>
    <message>
        <source>rtsp:// or http:// as the camera&apos;s manual has it, webcam:0, or a video file. The password is kept in this computer&apos;s keyring and nowhere else.</source>
        <translation>카메라 설명서에 나온 rtsp:// 또는 http:// 주소, webcam:0, 또는 영상 파일입니다. 암호는 이 컴퓨터의 키링에만 보관됩니다.</translation>
    </message>
    <message>
        <source>&amp;Test the connection</source>
        <translation>연결 시험(&amp;T)</translation>
    </message>
</context>
<context>
    <name>CameraStrip</name>
    <message>
        <source>All recordings of the camera</source>
        <translation>카메라의 모든 녹화 영상</translation>
    </message>
    <message>
        <source>No recording for {length}, from {time}</source>
        <translation>{time}부터 {length} 동안 녹화 없음</translation>
    </message>
</context>
<context>
    <name>CaseDialog</name>
    <message>
        <source>Case settings</source>
        <translation>사건 설정</translation>
    </message>
    <message>
        <source>trespass, illegal dumping</source>
        <translation>무단 침입, 불법 투기</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>제목(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>설명(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Further crime types</source>
        <translation>추가 범죄 유형(&amp;F)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>They are kept in the case, for everybody who opens it.</source>
        <translation>사건 안에 저장되어 이 사건을 여는 모든 사람에게 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>CaseFiles</name>
    <message>
        <source>Cutting clips for training</source>
        <translation>학습용 클립을 자르는 중</translation>
    </message>
    <message>
        <source>{count} clips and their labels are in {folder}.</source>
        <translation>클립 {count}개와 라벨을 {folder}에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>Classes</name>
    <message>
        <source>person</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>bicycle</source>
        <translation>자전거</translation>
    </message>
    <message>
        <source>car</source>
        <translation>자동차</translation>
    </message>
    <message>
        <source>motorcycle</source>
        <translation>오토바이</translation>
    </message>
    <message>
        <source>airplane</source>
        <translation>비행기</translation>
    </message>
    <message>
        <source>bus</source>
        <translation>버스</translation>
    </message>
    <message>
        <source>train</source>
        <translation>기차</translation>
    </message>
    <message>
        <source>truck</source>
        <translation>트럭</translation>
    </message>
    <message>
        <source>boat</source>
        <translation>배</translation>
    </message>
    <message>
        <source>traffic light</source>
        <translation>신호등</translation>
    </message>
    <message>
        <source>fire hydrant</source>
        <translation>소화전</translation>
    </message>
    <message>
        <source>stop sign</source>
        <translation>정지 표지판</translation>
    </message>
    <message>
        <source>parking meter</source>
        <translation>주차 미터기</translation>
    </message>
    <message>
        <source>bench</source>
        <translation>벤치</translation>
    </message>
    <message>
        <source>bird</source>
        <translation>새</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>고양이</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>개</translation>
    </message>
    <message>
        <source>horse</source>
        <translation>말</translation>
    </message>
    <message>
        <source>sheep</source>
        <translation>양</translation>
    </message>
    <message>
        <source>cow</source>
        <translation>소</translation>
    </message>
    <message>
        <source>elephant</source>
        <translation>코끼리</translation>
    </message>
    <message>
        <source>bear</source>
        <translation>곰</translation>
    </message>
    <message>
        <source>zebra</source>
        <translation>얼룩말</translation>
    </message>
    <message>
        <source>giraffe</source>
        <translation>기린</translation>
    </message>
    <message>
        <source>backpack</source>
        <translation>배낭</translation>
    </message>
    <message>
        <source>umbrella</source>
        <translation>우산</translation>
    </message>
    <message>
        <source>handbag</source>
        <translation>핸드백</translation>
    </message>
    <message>
        <source>tie</source>
        <translation>넥타이</translation>
    </message>
    <message>
        <source>suitcase</source>
        <translation>여행 가방</translation>
    </message>
    <message>
        <source>frisbee</source>
        <translation>원반</translation>
    </message>
    <message>
        <source>skis</source>
        <translation>스키</translation>
    </message>
    <message>
        <source>snowboard</source>
        <translation>스노보드</translation>
    </message>
    <message>
        <source>sports ball</source>
        <translation>공</translation>
    </message>
    <message>
        <source>kite</source>
        <translation>연</translation>
    </message>
    <message>
        <source>baseball bat</source>
        <translation>야구 방망이</translation>
    </message>
    <message>
        <source>baseball glove</source>
        <translation>야구 글러브</translation>
    </message>
    <message>
        <source>skateboard</source>
        <translation>스케이트보드</translation>
    </message>
    <message>
        <source>surfboard</source>
        <translation>서핑보드</translation>
    </message>
    <message>
        <source>tennis racket</source>
        <translation>테니스 라켓</translation>
    </message>
    <message>
        <source>bottle</source>
        <translation>병</translation>
    </message>
    <message>
        <source>wine glass</source>
        <translation>와인잔</translation>
    </message>
    <message>
        <source>cup</source>
        <translation>컵</translation>
    </message>
    <message>
        <source>fork</source>
        <translation>포크</translation>
    </message>
    <message>
        <source>knife</source>
        <translation>칼</translation>
    </message>
    <message>
        <source>spoon</source>
        <translation>숟가락</translation>
    </message>
    <message>
        <source>bowl</source>
        <translation>그릇</translation>
    </message>
    <message>
        <source>banana</source>
        <translation>바나나</translation>
    </message>
    <message>
        <source>apple</source>
        <translation>사과</translation>
    </message>
    <message>
        <source>sandwich</source>
        <translation>샌드위치</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>오렌지</translation>
    </message>
    <message>
        <source>broccoli</source>
        <translation>브로콜리</translation>
    </message>
    <message>
        <source>carrot</source>
        <translation>당근</translation>
    </message>
    <message>
        <source>hot dog</source>
        <translation>핫도그</translation>
    </message>
    <message>
        <source>pizza</source>
        <translation>피자</translation>
    </message>
    <message>
        <source>donut</source>
        <translation>도넛</translation>
    </message>
    <message>
        <source>cake</source>
        <translation>케이크</translation>
    </message>
    <message>
        <source>chair</source>
        <translation>의자</translation>
    </message>
    <message>
        <source>couch</source>
        <translation>소파</translation>
    </message>
    <message>
        <source>potted plant</source>
        <translation>화분</translation>
    </message>
    <message>
        <source>bed</source>
        <translation>침대</translation>
    </message>
    <message>
        <source>dining table</source>
        <translation>식탁</translation>
    </message>
    <message>
        <source>toilet</source>
        <translation>변기</translation>
    </message>
    <message>
        <source>tv</source>
        <translation>TV</translation>
    </message>
    <message>
        <source>laptop</source>
        <translation>노트북</translation>
    </message>
    <message>
        <source>mouse</source>
        <translation>마우스</translation>
    </message>
    <message>
        <source>remote</source>
        <translation>리모컨</translation>
    </message>
    <message>
        <source>keyboard</source>
        <translation>키보드</translation>
    </message>
    <message>
        <source>cell phone</source>
        <translation>휴대전화</translation>
    </message>
    <message>
        <source>microwave</source>
        <translation>전자레인지</translation>
    </message>
    <message>
        <source>oven</source>
        <translation>오븐</translation>
    </message>
    <message>
        <source>toaster</source>
        <translation>토스터</translation>
    </message>
    <message>
        <source>sink</source>
        <translation>싱크대</translation>
    </message>
    <message>
        <source>refrigerator</source>
        <translation>냉장고</translation>
    </message>
    <message>
        <source>book</source>
        <translation>책</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>시계</translation>
    </message>
    <message>
        <source>vase</source>
        <translation>꽃병</translation>
    </message>
    <message>
        <source>scissors</source>
        <translation>가위</translation>
    </message>
    <message>
        <source>teddy bear</source>
        <translation>곰 인형</translation>
    </message>
    <message>
        <source>hair drier</source>
        <translation>헤어드라이어</translation>
    </message>
    <message>
        <source>toothbrush</source>
        <translation>칫솔</translation>
    </message>
</context>
<context>
    <name>ClockDialog</name>
    <message>
        <source>Camera and time of {name}</source>
        <translation>{name}의 카메라와 시각</translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>Zone and correction hold for &amp;all recordings of the camera</source>
        <translation>시간대와 보정을 이 카메라의 모든 영상에 적용(&amp;A)</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>잘못된 점</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>카메라(&amp;C)</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Camera &amp;shows at the beginning</source>
        <translation>시작할 때 카메라 시각(&amp;S)</translation>
    </message>
    <message>
        <source>Camera shows at the beginning</source>
        <translation>시작할 때 카메라 시각</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>시간대(&amp;Z)</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>시간대</translation>
    </message>
    <message>
        <source>C&amp;orrection</source>
        <translation>보정(&amp;O)</translation>
    </message>
    <message>
        <source>Seconds to be added to what the camera shows</source>
        <translation>카메라 시각에 더할 초</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>This time was given by hand.</source>
        <translation>직접 입력한 시각입니다.</translation>
    </message>
    <message>
        <source>This time is from the file&apos;s name.</source>
        <translation>파일 이름에서 얻은 시각입니다.</translation>
    </message>
    <message>
        <source>This time is from the file itself, which says when it was made.</source>
        <translation>파일 안에 기록된 제작 시각입니다.</translation>
    </message>
    <message>
        <source>This time is only that of the last change of the file, which copying may have changed. Recordings are not put in a row by it.</source>
        <translation>파일의 마지막 수정 시각일 뿐이며 복사하면서 바뀌었을 수 있습니다. 이 시각으로는 녹화 영상을 잇지 않습니다.</translation>
    </message>
    <message>
        <source>Not known; or Asia/Seoul, UTC, +09:00 …</source>
        <translation>알 수 없음, 또는 Asia/Seoul, UTC, +09:00 …</translation>
    </message>
</context>
<context>
    <name>ClockEditing</name>
    <message>
        <source>The recording has not been opened yet; analyze it first.</source>
        <translation>아직 열어 보지 않은 녹화 영상입니다. 먼저 분석하세요.</translation>
    </message>
</context>
<context>
    <name>ClusterList</name>
    <message>
        <source>Clusters and examples</source>
        <translation>군집과 예</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>What is to be done? A few letters are enough</source>
        <translation>무엇을 할까요? 몇 글자만 입력하세요</translation>
    </message>
    <message>
        <source>Commands that were found</source>
        <translation>찾은 명령</translation>
    </message>
    <message>
        <source>Up and Down choose · Enter gives the command · Esc closes</source>
        <translation>위/아래로 선택 · Enter로 실행 · Esc로 닫기</translation>
    </message>
    <message>
        <source>No command is called so.</source>
        <translation>그런 이름의 명령이 없습니다.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켜짐</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
</context>
<context>
    <name>CompanionPanel</name>
    <message>
        <source>Side by side</source>
        <translation>나란히 보기</translation>
    </message>
    <message>
        <source>Recordings to show beside it</source>
        <translation>나란히 볼 녹화 영상</translation>
    </message>
    <message>
        <source>Up to {count} recordings beside the selected one, at the same moment by their cameras&apos; clocks.</source>
        <translation>선택한 영상 옆에 최대 {count}개까지, 카메라 시각이 같은 순간을 보여 줍니다.</translation>
    </message>
    <message>
        <source>{name} (same time)</source>
        <translation>{name} (같은 시각)</translation>
    </message>
</context>
<context>
    <name>CompanionView</name>
    <message>
        <source>Picture of {name}</source>
        <translation>{name} 화면</translation>
    </message>
    <message>
        <source>Its time</source>
        <translation>이 영상의 시각</translation>
    </message>
    <message>
        <source>Show it no longer</source>
        <translation>그만 보기</translation>
    </message>
    <message>
        <source>Nothing was recorded here at this time.</source>
        <translation>이 시각에는 녹화된 영상이 없습니다.</translation>
    </message>
    <message>
        <source>This recording is over; both began together.</source>
        <translation>이 영상은 끝났습니다. 두 영상은 처음부터 함께 재생했습니다.</translation>
    </message>
    <message>
        <source>{time}, not in sync</source>
        <translation>{time}, 동기화 안 됨</translation>
    </message>
    <message>
        <source>When these recordings were made is not known well enough: both begin together. Give their times under “Camera and time”.</source>
        <translation>녹화 시각을 정확히 알 수 없어 처음부터 함께 재생합니다. ‘카메라와 시각’에서 시각을 입력하세요.</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare segments</source>
        <translation>구간 비교</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Similarity is the cosine of what the network sees, less what is usual in the case: 1 is the same, about 0 has nothing in common. Over all pairs: {mean} on average, {lowest} to {highest}.</source>
        <translation>유사도는 신경망이 본 특징에서 이 사건에 흔한 것을 뺀 뒤 구한 코사인 값입니다. 1이면 같고, 0에 가까우면 공통점이 없습니다. 모든 쌍의 평균은 {mean}, 범위는 {lowest}~{highest}입니다.</translation>
    </message>
    <message>
        <source>The first {count} of those chosen are shown.</source>
        <translation>선택한 구간 중 처음 {count}개를 표시합니다.</translation>
    </message>
    <message>
        <source>The first one</source>
        <translation>첫 번째 구간</translation>
    </message>
    <message>
        <source>Similarity to the first {value}</source>
        <translation>첫 번째와의 유사도 {value}</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>What you look for</source>
        <translation>찾는 장면</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>“{name}” is not on this computer, and the library holds no copy of it: only its small pictures can be shown.</source>
        <translation>“{name}” 파일이 이 컴퓨터에 없고 라이브러리에도 사본이 없어 작은 그림만 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>It has no picture of this moment.</source>
        <translation>이 순간의 화면이 없습니다.</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>Types in each cluster</source>
        <translation>군집별 유형</translation>
    </message>
</context>
<context>
    <name>CopiedText</name>
    <message>
        <source>&amp;Copy all</source>
        <translation>모두 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>DeliveriesDialog</name>
    <message>
        <source>Who is told of alarms</source>
        <translation>경보를 받는 곳</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>알림 대상</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>보내는 중…</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>저장했습니다.</translation>
    </message>
    <message>
        <source>Saved. Give this secret to whoever receives the webhook; it is shown once: {secret}</source>
        <translation>저장했습니다. 웹훅을 받는 쪽에 이 비밀 값을 알려 주세요. 한 번만 표시됩니다: {secret}</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>tried {count} times: {why}</source>
        <translation>{count}번 시도함: {why}</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>추가(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>Send a &amp;test</source>
        <translation>시험 보내기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>제거(&amp;R)</translation>
    </message>
    <message>
        <source>Try what failed a&amp;gain</source>
        <translation>실패한 것 다시 시도(&amp;G)</translation>
    </message>
    <message>
        <source>Nothing leaves this computer unless you add it here. Passwords and secrets are kept in this computer&apos;s keyring and nowhere else.</source>
        <translation>여기에 추가하지 않으면 아무것도 이 컴퓨터 밖으로 나가지 않습니다. 암호와 비밀 값은 이 컴퓨터의 키링에만 보관됩니다.</translation>
    </message>
    <message>
        <source>What was told, and what waits</source>
        <translation>보낸 알림과 기다리는 알림</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>아직 없습니다.</translation>
    </message>
</context>
<context>
    <name>DeliveryForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>A notification of the desktop for each alarm.</source>
        <translation>경보마다 바탕 화면 알림을 띄웁니다.</translation>
    </message>
    <message>
        <source>&amp;On</source>
        <translation>사용(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Volume</source>
        <translation>음량(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;How often</source>
        <translation>횟수(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>주소(&amp;A)</translation>
    </message>
    <message>
        <source>one is made</source>
        <translation>비우면 만들어집니다</translation>
    </message>
    <message>
        <source>S&amp;ecret</source>
        <translation>비밀 값(&amp;E)</translation>
    </message>
    <message>
        <source>B&amp;roker</source>
        <translation>브로커(&amp;R)</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>알리지 않음</translation>
    </message>
    <message>
        <source>&amp;Topics begin with</source>
        <translation>토픽 머리말(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Home Assistant&apos;s prefix</source>
        <translation>Home Assistant 머리말(&amp;H)</translation>
    </message>
    <message>
        <source>Mail se&amp;rver</source>
        <translation>메일 서버(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>보내는 사람(&amp;F)</translation>
    </message>
    <message>
        <source>T&amp;o</source>
        <translation>받는 사람(&amp;O)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Secur&amp;ity</source>
        <translation>보안(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>포트(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>암호(&amp;W)</translation>
    </message>
    <message>
        <source>unchanged, in the keyring</source>
        <translation>그대로 둠(키링에 있음)</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open recordings</source>
        <translation>녹화 영상 열기</translation>
    </message>
    <message>
        <source>Videos ({patterns})</source>
        <translation>동영상 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open a folder of recordings</source>
        <translation>녹화 영상 폴더 열기</translation>
    </message>
    <message>
        <source>Open a case folder</source>
        <translation>사건 폴더 열기</translation>
    </message>
    <message>
        <source>Choose an empty folder for the new case</source>
        <translation>새 사건에 쓸 빈 폴더 선택</translation>
    </message>
    <message>
        <source>Load ground truth</source>
        <translation>정답 불러오기</translation>
    </message>
    <message>
        <source>Annotations (*.csv *.txt)</source>
        <translation>주석 파일 (*.csv *.txt)</translation>
    </message>
    <message>
        <source>Choose a folder that may hold the missing recordings</source>
        <translation>사라진 녹화 영상이 있을 만한 폴더 선택</translation>
    </message>
    <message>
        <source>Choose a folder for the clips and their labels</source>
        <translation>클립과 라벨을 저장할 폴더 선택</translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message>
        <source>Let go to open</source>
        <translation>놓으면 열립니다</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA 그래픽 카드(CUDA)</translation>
    </message>
    <message>
        <source>Graphics card (DirectML)</source>
        <translation>그래픽 카드(DirectML)</translation>
    </message>
    <message>
        <source>Apple silicon (CoreML)</source>
        <translation>Apple 실리콘(CoreML)</translation>
    </message>
    <message>
        <source>Processor, with OpenVINO</source>
        <translation>프로세서(OpenVINO)</translation>
    </message>
    <message>
        <source>Full (fp32)</source>
        <translation>전체(fp32)</translation>
    </message>
    <message>
        <source>Reduced (int8)</source>
        <translation>축소(int8)</translation>
    </message>
</context>
<context>
    <name>Entry</name>
    <message>
        <source>Type not known</source>
        <translation>유형 미상</translation>
    </message>
</context>
<context>
    <name>EntryFilter</name>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>종료일</translation>
    </message>
    <message>
        <source>Every type</source>
        <translation>모든 유형</translation>
    </message>
    <message>
        <source>Every camera</source>
        <translation>모든 카메라</translation>
    </message>
    <message>
        <source>Every place</source>
        <translation>모든 장소</translation>
    </message>
    <message>
        <source>{name}, as 2026-11-29</source>
        <translation>{name}, 예: 2026-11-29</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>Segments of the library</source>
        <translation>라이브러리의 구간</translation>
    </message>
</context>
<context>
    <name>EntryPanel</name>
    <message>
        <source>Pictures of the segment</source>
        <translation>구간의 그림</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>유형(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>카메라(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>장소(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Outcome</source>
        <translation>결과(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Notes</source>
        <translation>메모(&amp;N)</translation>
    </message>
    <message>
        <source>You may only read it.</source>
        <translation>읽기만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Case {name}</source>
        <translation>사건 {name}</translation>
    </message>
    <message>
        <source>Added by {name}</source>
        <translation>추가한 사람: {name}</translation>
    </message>
    <message>
        <source>With a copy of the recording&apos;s piece</source>
        <translation>녹화 조각의 사본 있음</translation>
    </message>
</context>
<context>
    <name>ErrandRow</name>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>Wait for what is under way, or stop it first.</source>
        <translation>진행 중인 작업이 끝날 때까지 기다리거나 먼저 중지하세요.</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export the map</source>
        <translation>지도 내보내기</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>벡터 그림 (*.svg)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Map of {name}</source>
        <translation>{name}의 지도</translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation>{name} 쓰는 중</translation>
    </message>
    <message>
        <source>The map was written as {path}.</source>
        <translation>지도를 {path}에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>FaultDialog</name>
    <message>
        <source>Details for a report</source>
        <translation>신고에 필요한 세부 정보</translation>
    </message>
</context>
<context>
    <name>FaultNews</name>
    <message>
        <source>crimeview ended unexpectedly last time</source>
        <translation>지난번에 crimeview가 예기치 않게 종료되었습니다</translation>
    </message>
    <message>
        <source>Nothing that was said in a review is lost, and an analysis goes on where it stopped. If you report this, the text below helps to find the fault; it stays on this computer unless you send it.</source>
        <translation>검토 내용은 하나도 사라지지 않았고, 분석은 멈춘 곳에서 이어집니다. 이 문제를 신고할 때 아래 내용이 원인을 찾는 데 도움이 됩니다. 직접 보내지 않는 한 이 컴퓨터에만 남습니다.</translation>
    </message>
    <message>
        <source>Something went wrong in crimeview</source>
        <translation>crimeview에 문제가 생겼습니다</translation>
    </message>
    <message>
        <source>This is a fault of the program, not of yours. You can go on working; what was said in the review is stored. If you report this, the text below helps to find the fault; it stays on this computer unless you send it.</source>
        <translation>사용자의 잘못이 아니라 프로그램의 오류입니다. 작업은 계속할 수 있고, 검토 내용은 저장되어 있습니다. 이 문제를 신고할 때 아래 내용이 원인을 찾는 데 도움이 됩니다. 직접 보내지 않는 한 이 컴퓨터에만 남습니다.</translation>
    </message>
</context>
<context>
    <name>FilmRow</name>
    <message>
        <source>Pictures along the recording</source>
        <translation>녹화 영상을 따라 늘어선 장면</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>{state}: {count}, listed</source>
        <translation>{state}: {count}개, 표시 중</translation>
    </message>
    <message>
        <source>{state}: {count}, not listed</source>
        <translation>{state}: {count}개, 숨김</translation>
    </message>
    <message>
        <source>The highest first</source>
        <translation>높은 값부터</translation>
    </message>
    <message>
        <source>The lowest first</source>
        <translation>낮은 값부터</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>내림차순</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>오름차순</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Words are looked for in names, types, tags, notes and reviewers.
One column: {example}. Comparing: {comparison}.
Columns: {columns}.</source>
        <translation>파일 이름, 유형, 태그, 메모, 검토자에서 낱말을 찾습니다.
한 열에서만: {example}. 비교: {comparison}.
열: {columns}.</translation>
    </message>
    <message>
        <source>Find segments</source>
        <translation>구간 찾기</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>정렬 기준</translation>
    </message>
</context>
<context>
    <name>GroundTruth</name>
    <message>
        <source>Ground truth from {name}. Recordings that it lists: {count}.</source>
        <translation>{name}에서 정답을 불러왔습니다. 해당 녹화 영상: {count}개.</translation>
    </message>
</context>
<context>
    <name>Grouper</name>
    <message>
        <source>Comparing ways to group</source>
        <translation>묶는 방법 비교하는 중</translation>
    </message>
    <message>
        <source>Naming the cluster</source>
        <translation>군집에 이름 붙이는 중</translation>
    </message>
    <message>
        <source>Looking what the names suggest</source>
        <translation>이름이 제안하는 유형을 찾는 중</translation>
    </message>
</context>
<context>
    <name>GroupingChoice</name>
    <message>
        <source>Clusters</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>How many clusters</source>
        <translation>군집 수</translation>
    </message>
    <message>
        <source>How many clusters are looked for; automatic: as many as FINCH&apos;s best partition has. HDBSCAN finds its own number.</source>
        <translation>찾을 군집 수입니다. 자동이면 FINCH의 가장 좋은 분할의 수를 씁니다. HDBSCAN은 스스로 수를 정합니다.</translation>
    </message>
</context>
<context>
    <name>GroupingTable</name>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Grouped by</source>
        <translation>묶은 기준</translation>
    </message>
    <message>
        <source>Groupings and their figures</source>
        <translation>묶음과 그 수치</translation>
    </message>
</context>
<context>
    <name>GroupingText</name>
    <message>
        <source>SLIC/FINCH</source>
        <translation>SLIC/FINCH</translation>
    </message>
    <message>
        <source>k-means</source>
        <translation>k-평균</translation>
    </message>
    <message>
        <source>Agglomerative, average cosine</source>
        <translation>병합, 평균 코사인</translation>
    </message>
    <message>
        <source>Agglomerative, Ward</source>
        <translation>병합, 워드</translation>
    </message>
    <message>
        <source>HDBSCAN</source>
        <translation>HDBSCAN</translation>
    </message>
    <message>
        <source>Gaussian mixture</source>
        <translation>가우스 혼합</translation>
    </message>
    <message>
        <source>Anomalous clips only</source>
        <translation>이상 클립만</translation>
    </message>
    <message>
        <source>Whole recording</source>
        <translation>녹화 영상 전체</translation>
    </message>
    <message>
        <source>Cluster {number}</source>
        <translation>군집 {number}</translation>
    </message>
    <message>
        <source>In brackets: what shuffled types reach.</source>
        <translation>괄호 안은 유형을 섞었을 때의 값입니다.</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>How many there are; in brackets segments in none</source>
        <translation>군집의 수. 괄호 안은 어느 군집에도 없는 구간의 수</translation>
    </message>
    <message>
        <source>AMI</source>
        <translation>AMI</translation>
    </message>
    <message>
        <source>Adjusted mutual information with types: 0 by chance, 1 best</source>
        <translation>유형과의 조정 상호 정보량: 우연이면 0, 최고는 1</translation>
    </message>
    <message>
        <source>ARI</source>
        <translation>ARI</translation>
    </message>
    <message>
        <source>Adjusted Rand index with types: 0 by chance, 1 best</source>
        <translation>유형과의 조정 랜드 지수: 우연이면 0, 최고는 1</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>When each cluster stands for one type, the best way</source>
        <translation>각 군집이 유형 하나씩을 가장 좋게 대표할 때</translation>
    </message>
    <message>
        <source>Purity</source>
        <translation>순도</translation>
    </message>
    <message>
        <source>When each cluster stands for its most frequent type</source>
        <translation>각 군집이 가장 많은 유형을 대표할 때</translation>
    </message>
    <message>
        <source>Silhouette</source>
        <translation>실루엣</translation>
    </message>
    <message>
        <source>How tight and apart clusters are, -1 to 1: higher is better</source>
        <translation>군집이 조밀하고 서로 떨어진 정도(-1~1): 높을수록 좋음</translation>
    </message>
    <message>
        <source>Davies-Bouldin</source>
        <translation>데이비스-볼딘</translation>
    </message>
    <message>
        <source>How wide clusters are beside their distance: lower is better</source>
        <translation>군집 사이 거리에 비한 군집의 폭: 낮을수록 좋음</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>안정성</translation>
    </message>
    <message>
        <source>Adjusted Rand index when a fifth is left out: 1 is the same every time; in brackets the lowest of 20</source>
        <translation>5분의 1을 뺐을 때의 조정 랜드 지수: 1이면 매번 같음. 괄호 안은 20번 중 가장 낮은 값</translation>
    </message>
</context>
<context>
    <name>Groupings</name>
    <message>
        <source>G&amp;roupings</source>
        <translation>묶음(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Name the cluster</source>
        <translation>군집에 이름 붙이기(&amp;N)</translation>
    </message>
    <message>
        <source>Show the clusters on the &amp;map</source>
        <translation>군집을 지도에서 보기(&amp;M)</translation>
    </message>
    <message>
        <source>Show the cluster in the &amp;review</source>
        <translation>군집을 검토에서 보기(&amp;R)</translation>
    </message>
    <message>
        <source>Groupings</source>
        <translation>묶음</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>Types in clusters</source>
        <translation>군집별 유형</translation>
    </message>
    <message>
        <source>Suggested types</source>
        <translation>제안된 유형</translation>
    </message>
    <message>
        <source>Which segments belong together?</source>
        <translation>어떤 구간들이 함께 묶일까요?</translation>
    </message>
    <message>
        <source>Choose ways to group above and compare them. You see by numbers which holds, what is in each cluster, and can name clusters: names become suggested types.</source>
        <translation>위에서 묶는 방법을 골라 비교하세요. 어느 방법이 믿을 만한지 수치로 보고, 군집마다 무엇이 있는지 확인하고, 군집에 이름을 붙일 수 있습니다. 이름은 제안된 유형이 됩니다.</translation>
    </message>
    <message>
        <source>{segments} segments, {count} clusters looked for.</source>
        <translation>구간 {segments}개, 찾은 군집 수 {count}개.</translation>
    </message>
    <message>
        <source>Agreement is with types that people gave; in brackets what shuffled types reach. Where the two are alike the grouping says nothing of types.</source>
        <translation>일치도는 사람이 지정한 유형과 비교한 값이고, 괄호 안은 유형을 섞었을 때의 값입니다. 둘이 비슷하면 그 묶음은 유형에 대해 아무것도 말해 주지 않습니다.</translation>
    </message>
    <message>
        <source>Give types to at least 8 segments, of two types or more, and agreement with them is measured too. Silhouette and Davies-Bouldin know nothing of types.</source>
        <translation>두 가지 이상의 유형을 구간 8개 이상에 지정하면 유형과의 일치도도 잽니다. 실루엣과 데이비스-볼딘은 유형을 고려하지 않습니다.</translation>
    </message>
    <message>
        <source>In none</source>
        <translation>군집 없음</translation>
    </message>
    <message>
        <source>Only clusters of anomalous clips can be named</source>
        <translation>이상 클립으로 묶은 군집에만 이름을 붙일 수 있습니다</translation>
    </message>
    <message>
        <source>Name of {cluster}</source>
        <translation>{cluster}의 이름</translation>
    </message>
    <message>
        <source>In no cluster</source>
        <translation>군집 없음</translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Keys of the commands</source>
        <translation>명령의 키</translation>
    </message>
    <message>
        <source>&amp;Only this key</source>
        <translation>이 키만(&amp;O)</translation>
    </message>
    <message>
        <source>This key &amp;too</source>
        <translation>이 키도(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>키 없음(&amp;N)</translation>
    </message>
    <message>
        <source>As it &amp;was</source>
        <translation>원래대로(&amp;W)</translation>
    </message>
    <message>
        <source>All as they &amp;were</source>
        <translation>모두 원래대로(&amp;E)</translation>
    </message>
    <message>
        <source>{keys} (changed)</source>
        <translation>{keys} (바뀜)</translation>
    </message>
    <message>
        <source>No command is called so.</source>
        <translation>그런 이름의 명령이 없습니다.</translation>
    </message>
    <message>
        <source>Enter, then press the new key for “{command}”.</source>
        <translation>Enter를 누른 다음 “{command}”에 쓸 새 키를 누르세요.</translation>
    </message>
    <message>
        <source>{key} moves about in every window; choose another key.</source>
        <translation>{key} 키는 모든 창에서 이동에 쓰입니다. 다른 키를 고르세요.</translation>
    </message>
    <message>
        <source>{key} is the key of {commands}, which would lose it.</source>
        <translation>{key} 키는 {commands}의 키입니다. 바꾸면 그 명령에서 빠집니다.</translation>
    </message>
    <message>
        <source>{key} is a key of “{command}” already.</source>
        <translation>{key} 키는 이미 “{command}”의 키입니다.</translation>
    </message>
    <message>
        <source>{key} is free. Enter gives it to “{command}”.</source>
        <translation>{key} 키는 비어 있습니다. Enter를 누르면 “{command}”에 지정됩니다.</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>명령 찾기</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>새 키</translation>
    </message>
    <message>
        <source>New &amp;key</source>
        <translation>새 키(&amp;K)</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>명령과 키</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Press a key</source>
        <translation>키를 누르세요</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>&amp;Library</source>
        <translation>라이브러리(&amp;L)</translation>
    </message>
    <message>
        <source>Find what is &amp;like this segment or span</source>
        <translation>이 구간과 비슷한 장면 찾기(&amp;L)</translation>
    </message>
    <message>
        <source>Find what is like a &amp;file…</source>
        <translation>파일과 비슷한 장면 찾기(&amp;F)…</translation>
    </message>
    <message>
        <source>Select a segment, or mark where a span begins (key {key}) and go to its end.</source>
        <translation>구간을 선택하거나, 시작 지점을 표시하고({key} 키) 끝 지점으로 이동하세요.</translation>
    </message>
    <message>
        <source>Open a library…</source>
        <translation>라이브러리 열기…</translation>
    </message>
    <message>
        <source>Add segments of this case…</source>
        <translation>이 사건의 구간 추가…</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>비슷한 장면 찾기</translation>
    </message>
    <message>
        <source>Write a package…</source>
        <translation>패키지 내보내기…</translation>
    </message>
    <message>
        <source>Take in a package…</source>
        <translation>패키지 가져오기…</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>라이브러리에서 제거</translation>
    </message>
    <message>
        <source>Read it anew</source>
        <translation>다시 읽기</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>{count} listed</source>
        <translation>{count}개 표시</translation>
    </message>
    <message>
        <source>{count} marked as duplicates</source>
        <translation>중복 표시 {count}개</translation>
    </message>
    <message>
        <source>you may change it</source>
        <translation>변경 가능</translation>
    </message>
    <message>
        <source>you may only read it</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>The library cannot be used now</source>
        <translation>지금은 라이브러리를 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Reading the library …</source>
        <translation>라이브러리를 읽는 중…</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>조건에 맞는 것이 없습니다</translation>
    </message>
    <message>
        <source>Ask for every type, camera and place.</source>
        <translation>모든 유형, 카메라, 장소로 바꿔 보세요.</translation>
    </message>
    <message>
        <source>A memory beyond the case</source>
        <translation>사건을 넘어 남는 기억</translation>
    </message>
    <message>
        <source>What is added here is found again from a new clip, years later and in other cases. Add the segments of this case, or open a library that colleagues share.</source>
        <translation>여기에 추가한 구간은 몇 년 뒤 다른 사건에서도 새 영상으로 다시 찾을 수 있습니다. 이 사건의 구간을 추가하거나 동료와 함께 쓰는 라이브러리를 여세요.</translation>
    </message>
    <message>
        <source>The chosen segments</source>
        <translation>선택한 구간</translation>
    </message>
    <message>
        <source>All of the selected recording</source>
        <translation>선택한 녹화의 모든 구간</translation>
    </message>
    <message>
        <source>All confirmed ones of the case</source>
        <translation>사건에서 확인된 모든 구간</translation>
    </message>
    <message>
        <source>All of the case</source>
        <translation>사건의 모든 구간</translation>
    </message>
    <message>
        <source>Write what is listed as a package</source>
        <translation>표시된 구간을 패키지로 내보내기</translation>
    </message>
    <message>
        <source>Take in a package</source>
        <translation>패키지 가져오기</translation>
    </message>
    <message>
        <source>Remove {segments} from the library?</source>
        <translation>라이브러리에서 {segments}을 제거할까요?</translation>
    </message>
    <message>
        <source>Their copies of clips go with them. This cannot be undone.</source>
        <translation>클립 사본도 함께 제거되며 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>LibraryDialogs</name>
    <message>
        <source>Open a library</source>
        <translation>라이브러리 열기</translation>
    </message>
    <message>
        <source>only for a server, kept in your keyring</source>
        <translation>서버에만 필요하며 키링에 보관됩니다</translation>
    </message>
    <message>
        <source>&amp;Make one there if there is none yet</source>
        <translation>없으면 그곳에 새로 만들기(&amp;M)</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>&amp;Folder…</source>
        <translation>폴더(&amp;F)…</translation>
    </message>
    <message>
        <source>Folder or URL</source>
        <translation>폴더 또는 URL</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>암호</translation>
    </message>
    <message>
        <source>Folder or &amp;URL</source>
        <translation>폴더 또는 URL(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>암호(&amp;P)</translation>
    </message>
    <message>
        <source>A folder is a library of your own. A URL is a PostgreSQL server that several people share; never write the password into it.</source>
        <translation>폴더는 혼자 쓰는 라이브러리이고, URL은 여러 사람이 함께 쓰는 PostgreSQL 서버입니다. URL에 암호를 쓰지 마세요.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Choose the library&apos;s folder</source>
        <translation>라이브러리 폴더 선택</translation>
    </message>
    <message>
        <source>Add to the library</source>
        <translation>라이브러리에 추가</translation>
    </message>
    <message>
        <source>Add them, marked as duplicates</source>
        <translation>중복으로 표시하여 추가</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>추가하지 않음</translation>
    </message>
    <message>
        <source>Add them like any other</source>
        <translation>다른 구간처럼 추가</translation>
    </message>
    <message>
        <source>Keep the piece of the &amp;recording, too (a copy)</source>
        <translation>녹화의 해당 부분도 사본으로 보관(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>카메라(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>장소(&amp;P)</translation>
    </message>
    <message>
        <source>What another &amp;file shows, too</source>
        <translation>다른 파일에도 있는 장면(&amp;F)</translation>
    </message>
    <message>
        <source>as the case knows it</source>
        <translation>사건에 기록된 대로</translation>
    </message>
    <message>
        <source>Types and notes come from the review. Dismissed segments are never added, and what the library has already is not added again.</source>
        <translation>유형과 메모는 검토 내용에서 가져옵니다. 기각한 구간은 추가하지 않으며, 이미 있는 구간은 다시 추가하지 않습니다.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>The end of the log</source>
        <translation>로그의 끝부분</translation>
    </message>
    <message>
        <source>What crimeview has written down, the last at the end. It stays on this computer: nothing is sent anywhere unless you copy it and send it yourself.</source>
        <translation>crimeview가 기록한 내용이며, 마지막 것이 맨 끝에 있습니다. 이 컴퓨터에만 남습니다. 직접 복사해서 보내지 않는 한 어디에도 전송되지 않습니다.</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>폴더 열기(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>다시 읽기(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing was written down yet.</source>
        <translation>아직 기록된 내용이 없습니다.</translation>
    </message>
</context>
<context>
    <name>Looping</name>
    <message>
        <source>Select a segment to repeat it, or mark where to repeat from and until.</source>
        <translation>반복할 구간을 선택하거나 반복할 시작과 끝을 표시하세요.</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>&amp;Map</source>
        <translation>지도(&amp;M)</translation>
    </message>
    <message>
        <source>Drag to move the map</source>
        <translation>끌어서 지도 이동</translation>
    </message>
    <message>
        <source>Drag a lasso to choose</source>
        <translation>올가미를 그려 선택</translation>
    </message>
    <message>
        <source>Drag a rectangle to choose</source>
        <translation>사각형을 그려 선택</translation>
    </message>
    <message>
        <source>&amp;Color and symbol by</source>
        <translation>색과 기호의 기준(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>표시(&amp;S)</translation>
    </message>
    <message>
        <source>This case</source>
        <translation>이 사건</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>지도 전체 보기</translation>
    </message>
    <message>
        <source>Choose all that are shown</source>
        <translation>표시된 것 모두 선택</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>선택 해제</translation>
    </message>
    <message>
        <source>Give the chosen a type</source>
        <translation>선택한 구간에 유형 지정</translation>
    </message>
    <message>
        <source>Compare the chosen</source>
        <translation>선택한 구간 비교</translation>
    </message>
    <message>
        <source>Show the chosen in the review</source>
        <translation>선택한 구간을 검토에서 보기</translation>
    </message>
    <message>
        <source>Export the chosen…</source>
        <translation>선택한 구간 내보내기…</translation>
    </message>
    <message>
        <source>Export the map…</source>
        <translation>지도 내보내기…</translation>
    </message>
    <message>
        <source>Lay the map out again</source>
        <translation>지도 다시 배치</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Whose segments are shown</source>
        <translation>표시할 구간의 출처</translation>
    </message>
    <message>
        <source>first picture</source>
        <translation>첫 그림</translation>
    </message>
    <message>
        <source>How far neighbors on the map are neighbors in truth, 0 to 1. It does not say that types lie apart.</source>
        <translation>지도에서 이웃한 점들이 실제로도 이웃인 정도(0~1)입니다. 유형이 서로 떨어져 있다는 뜻은 아닙니다.</translation>
    </message>
    <message>
        <source>analyze at least {count} segments for a map that tells more</source>
        <translation>구간이 {count}개 이상이어야 지도가 더 많은 것을 알려 줍니다</translation>
    </message>
    <message>
        <source>{count} without features</source>
        <translation>특징 없음 {count}개</translation>
    </message>
    <message>
        <source>The library has nothing to show</source>
        <translation>라이브러리에 표시할 것이 없습니다</translation>
    </message>
    <message>
        <source>Nothing is on the map yet</source>
        <translation>아직 지도에 아무것도 없습니다</translation>
    </message>
    <message>
        <source>Analyze recordings: each segment that is found becomes a point, near those that look alike. At least {count} segments make a map.</source>
        <translation>녹화를 분석하세요. 찾아낸 구간마다 점이 되고, 비슷하게 보이는 것끼리 가까이 놓입니다. 구간이 {count}개 이상이면 지도가 됩니다.</translation>
    </message>
    <message>
        <source>{name} is not in this case; open the case that has it.</source>
        <translation>{name}은(는) 이 사건에 없습니다. 그 녹화가 있는 사건을 여세요.</translation>
    </message>
    <message>
        <source>Choose two segments or more to compare them.</source>
        <translation>비교하려면 구간을 두 개 이상 선택하세요.</translation>
    </message>
    <message>
        <source>map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>범례</translation>
    </message>
    <message>
        <source>{count} chosen</source>
        <translation>{count}개 선택됨</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count}개 찾음</translation>
    </message>
    <message>
        <source>Nothing of it is on the map</source>
        <translation>지도에 해당하는 것이 없습니다</translation>
    </message>
    <message>
        <source>What the search has found is in other cases, or left out here.</source>
        <translation>검색에서 찾은 구간은 다른 사건에 있거나 여기에 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>No segments are chosen</source>
        <translation>선택한 구간이 없습니다</translation>
    </message>
    <message>
        <source>Hold Shift and draw round some points, or press L and drag. Ctrl and a click, or Space, chooses one.</source>
        <translation>Shift를 누른 채 점들을 둘러 그리거나, L을 누르고 끄세요. Ctrl을 누르고 클릭하거나 스페이스를 누르면 하나를 선택합니다.</translation>
    </message>
</context>
<context>
    <name>MapChosen</name>
    <message>
        <source>Chosen segments</source>
        <translation>선택한 구간</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>Show all</source>
        <translation>모두 표시</translation>
    </message>
    <message>
        <source>Color and symbol by</source>
        <translation>색과 기호의 기준</translation>
    </message>
    <message>
        <source>{name}: {count} segments</source>
        <translation>{name}: 구간 {count}개</translation>
    </message>
    <message>
        <source>Legend: Space leaves out or shows, Enter shows only this</source>
        <translation>범례: 스페이스로 숨기거나 표시하고, Enter로 이것만 표시합니다</translation>
    </message>
</context>
<context>
    <name>MapMaking</name>
    <message>
        <source>Reading the segments</source>
        <translation>구간 읽는 중</translation>
    </message>
    <message>
        <source>Drawing the first picture</source>
        <translation>첫 그림 그리는 중</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>지도 배치하는 중</translation>
    </message>
    <message>
        <source>Looking how far to trust the map</source>
        <translation>지도를 얼마나 믿을 수 있는지 확인하는 중</translation>
    </message>
</context>
<context>
    <name>MapText</name>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>사건</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>No type</source>
        <translation>유형 없음</translation>
    </message>
    <message>
        <source>In no cluster</source>
        <translation>군집 없음</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Cluster {number}</source>
        <translation>군집 {number}</translation>
    </message>
    <message>
        <source>Score {score}</source>
        <translation>점수 {score}</translation>
    </message>
    <message>
        <source>Trustworthiness {value}</source>
        <translation>신뢰도 {value}</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map of segments</source>
        <translation>구간 지도</translation>
    </message>
    <message>
        <source>Arrow keys go to the nearest point, Enter shows it in the review, Space chooses it; plus, minus and 0 zoom.</source>
        <translation>화살표 키로 가장 가까운 점으로 이동하고, Enter로 검토에서 보고, 스페이스로 선택합니다. 더하기·빼기·0으로 확대·축소합니다.</translation>
    </message>
</context>
<context>
    <name>MatchList</name>
    <message>
        <source>not told</source>
        <translation>판단 불가</translation>
    </message>
    <message>
        <source>close</source>
        <translation>근접</translation>
    </message>
    <message>
        <source>not close</source>
        <translation>근접하지 않음</translation>
    </message>
    <message>
        <source>Relevant</source>
        <translation>관련 있음</translation>
    </message>
    <message>
        <source>Not relevant</source>
        <translation>관련 없음</translation>
    </message>
    <message>
        <source>{rank}: similarity {value}, {close}; {what}</source>
        <translation>{rank}위: 유사도 {value}, {close}; {what}</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>Measuring</name>
    <message>
        <source>Progress of the measurement</source>
        <translation>측정 진행 상황</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>측정 결과</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Measure this computer</source>
        <translation>이 컴퓨터 측정(&amp;M)</translation>
    </message>
    <message>
        <source>Takes under a minute, best with nothing else going on.</source>
        <translation>1분 안에 끝납니다. 다른 작업이 없을 때 측정하는 것이 가장 정확합니다.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation>계산 장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time}ms</translation>
    </message>
    <message>
        <source>Not used: other results</source>
        <translation>사용 안 함: 결과가 다름</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>선택됨</translation>
    </message>
</context>
<context>
    <name>Missing</name>
    <message>
        <source>Looking for recordings</source>
        <translation>녹화 영상을 찾는 중</translation>
    </message>
    <message>
        <source>A recording is not where it was. File &gt; Find missing recordings looks for it.</source>
        <translation>녹화 영상 하나가 있던 자리에 없습니다. 파일 &gt; 사라진 녹화 영상 찾기로 찾을 수 있습니다.</translation>
    </message>
    <message>
        <source>{count} recordings are not where they were. File &gt; Find missing recordings looks for them.</source>
        <translation>녹화 영상 {count}개가 있던 자리에 없습니다. 파일 &gt; 사라진 녹화 영상 찾기로 찾을 수 있습니다.</translation>
    </message>
    <message>
        <source>{found} found, {missing} still missing.</source>
        <translation>{found}개를 찾았고 {missing}개는 아직 찾지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>Need</name>
    <message>
        <source>Only while an analysis is running</source>
        <translation>분석이 진행 중일 때만 가능</translation>
    </message>
    <message>
        <source>Not while an analysis is running</source>
        <translation>분석 중에는 불가능</translation>
    </message>
    <message>
        <source>All recordings are analyzed</source>
        <translation>모든 녹화 영상이 분석됨</translation>
    </message>
    <message>
        <source>Choose a recording first</source>
        <translation>먼저 녹화 영상을 선택하세요</translation>
    </message>
    <message>
        <source>No segments are listed</source>
        <translation>목록에 구간이 없음</translation>
    </message>
    <message>
        <source>Choose a segment first</source>
        <translation>먼저 구간을 선택하세요</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>실행 취소할 것이 없음</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>다시 실행할 것이 없음</translation>
    </message>
    <message>
        <source>No recording is missing</source>
        <translation>없어진 녹화 영상이 없음</translation>
    </message>
    <message>
        <source>Add a camera first</source>
        <translation>먼저 카메라를 추가하세요</translation>
    </message>
    <message>
        <source>No alarm was raised</source>
        <translation>울린 경보가 없습니다</translation>
    </message>
    <message>
        <source>The recording has no sound</source>
        <translation>이 녹화 영상에는 소리가 없음</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>지금은 불가능</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Message</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Put the message away</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>Novelty</name>
    <message>
        <source>Too fast</source>
        <translation>너무 빠름</translation>
    </message>
    <message>
        <source>Large and moving</source>
        <translation>큰 움직임</translation>
    </message>
    <message>
        <source>Wrong way</source>
        <translation>역방향</translation>
    </message>
    <message>
        <source>Wrong place</source>
        <translation>이상한 위치</translation>
    </message>
    <message>
        <source>Loitering</source>
        <translation>배회</translation>
    </message>
    <message>
        <source>Left standing</source>
        <translation>방치된 물체</translation>
    </message>
    <message>
        <source>New here: {class}</source>
        <translation>여기서 처음: {class}</translation>
    </message>
    <message>
        <source>New: {class}</source>
        <translation>처음: {class}</translation>
    </message>
    <message>
        <source>Seldom: {class}</source>
        <translation>드묾: {class}</translation>
    </message>
    <message>
        <source>{times}×</source>
        <translation>{times}배</translation>
    </message>
    <message>
        <source>{number} of {looks} looks</source>
        <translation>{looks}번 중 {number}번</translation>
    </message>
    <message>
        <source>{number} times the usual fast speed here</source>
        <translation>이곳의 평소 빠른 속도의 {number}배</translation>
    </message>
    <message>
        <source>{number} times the usual large movement here</source>
        <translation>이곳의 평소 큰 움직임의 {number}배</translation>
    </message>
    <message>
        <source>Goes this way here: {number} of movements</source>
        <translation>이곳에서 이 방향으로 가는 움직임은 {number}</translation>
    </message>
    <message>
        <source>Something is here {number} of the time</source>
        <translation>이곳에 무언가 있는 시간은 전체의 {number}</translation>
    </message>
    <message>
        <source>Somebody has stayed here for {number}</source>
        <translation>누군가 이곳에 {number} 동안 머무름</translation>
    </message>
    <message>
        <source>Has stood here for {number} and did not before</source>
        <translation>전에 없던 것이 {number} 동안 놓여 있음</translation>
    </message>
    <message>
        <source>{number} showed one before</source>
        <translation>확인한 화면 {number}에서만 보임</translation>
    </message>
    <message>
        <source>{number} showed one in this part of the picture</source>
        <translation>화면의 이 부분에서는 {number}만 보임</translation>
    </message>
    <message>
        <source>found by the network</source>
        <translation>신경망이 찾음</translation>
    </message>
    <message>
        <source>unusual for this camera</source>
        <translation>이 카메라에서 드문 일</translation>
    </message>
    <message>
        <source>found by the network, and unusual for this camera</source>
        <translation>신경망이 찾았고 이 카메라에서 드문 일</translation>
    </message>
    <message>
        <source>about {number} such an hour are to be expected</source>
        <translation>시간당 약 {number}건이 예상됨</translation>
    </message>
    <message>
        <source>less than one such in ten hours is to be expected</source>
        <translation>10시간에 한 건도 예상되지 않음</translation>
    </message>
    <message>
        <source>Kind of object never seen</source>
        <translation>본 적 없는 종류의 물체</translation>
    </message>
    <message>
        <source>{class}: never in this part</source>
        <translation>{class}: 이 부분에서 본 적 없음</translation>
    </message>
    <message>
        <source>{class}: never seen here</source>
        <translation>{class}: 이곳에서 본 적 없음</translation>
    </message>
    <message>
        <source>{class}: seldom seen here</source>
        <translation>{class}: 이곳에서 드물게 보임</translation>
    </message>
    <message>
        <source>under 0.1 %</source>
        <translation>0.1% 미만</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>There are no video files in what was opened.</source>
        <translation>연 항목에 동영상 파일이 없습니다.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Overview of the whole recording</source>
        <translation>녹화 영상 전체 보기</translation>
    </message>
</context>
<context>
    <name>PictureCaption</name>
    <message>
        <source>{time}, score {score}</source>
        <translation>{time}, 점수 {score}</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>How the picture is shown</source>
        <translation>화면 표시 방식</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>대비</translation>
    </message>
    <message>
        <source>Changes what you see, not the recording, its analysis or what is exported.</source>
        <translation>보이는 화면만 바뀝니다. 녹화 영상, 분석, 내보내기에는 영향을 주지 않습니다.</translation>
    </message>
    <message>
        <source>&amp;Brightness</source>
        <translation>밝기(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Contrast</source>
        <translation>대비(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Deinterlace</source>
        <translation>디인터레이스(&amp;D)</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>왼쪽으로 회전</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>오른쪽으로 회전</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Deinterlace</source>
        <translation>디인터레이스</translation>
    </message>
    <message>
        <source>Where the recording says so</source>
        <translation>영상에 표시된 경우</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>항상</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>안 함</translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Progress of the analysis</source>
        <translation>분석 진행률</translation>
    </message>
    <message>
        <source>1 recording is not analyzed to its end</source>
        <translation>녹화 영상 1개의 분석이 끝나지 않았습니다</translation>
    </message>
    <message>
        <source>{count} recordings are not analyzed to their end</source>
        <translation>녹화 영상 {count}개의 분석이 끝나지 않았습니다</translation>
    </message>
    <message>
        <source>Analyzing {name}</source>
        <translation>{name} 분석 중</translation>
    </message>
    <message>
        <source>Getting ready to analyze</source>
        <translation>분석 준비 중</translation>
    </message>
</context>
<context>
    <name>RateText</name>
    <message>
        <source>How often it would alarm falsely takes five minutes of recording to tell.</source>
        <translation>오경보 횟수를 예상하려면 5분 이상의 녹화 영상이 필요합니다.</translation>
    </message>
    <message>
        <source>No alarm in {quiet} of quiet: fewer than {high} an hour are to be expected.</source>
        <translation>조용한 {quiet} 동안 경보 없음: 시간당 {high}회 미만으로 예상됩니다.</translation>
    </message>
    <message>
        <source>{alarms} alarms in {quiet} of quiet: about {rate} an hour are to be expected ({low} to {high}).</source>
        <translation>조용한 {quiet} 동안 경보 {alarms}회: 시간당 약 {rate}회({low}~{high}회)로 예상됩니다.</translation>
    </message>
</context>
<context>
    <name>ReasonList</name>
    <message>
        <source>Most alike</source>
        <translation>가장 비슷한 곳</translation>
    </message>
    <message>
        <source>{query} of what you look for and {result} of the result: {value}</source>
        <translation>찾는 장면의 {query}, 결과의 {result}: {value}</translation>
    </message>
    <message>
        <source>Show both moments; similarity {value}</source>
        <translation>두 순간 보기, 유사도 {value}</translation>
    </message>
</context>
<context>
    <name>RecordingList</name>
    <message>
        <source>The file is missing</source>
        <translation>파일이 없음</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹화 영상</translation>
    </message>
</context>
<context>
    <name>RegionEditing</name>
    <message>
        <source>Regions hold from the next analysis on: Analysis &gt; Analyze the recording again. What you said of segments stays.</source>
        <translation>영역은 다음 분석부터 적용됩니다: 분석 &gt; 녹화 영상 다시 분석. 구간에 대한 검토 내용은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>No other recording has a picture of the same size and other regions.</source>
        <translation>화면 크기가 같으면서 영역이 다른 녹화 영상이 없습니다.</translation>
    </message>
    <message>
        <source>{count} regions were copied to other recordings.</source>
        <translation>영역 {count}개를 다른 녹화 영상에 복사했습니다.</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>Regions</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>The next region: {use}</source>
        <translation>다음 영역: {use}</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>무시</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>감시</translation>
    </message>
    <message>
        <source>Click corner by corner, double-click to close; drag corners and regions.
N new · Tab next corner · arrows move it, Shift farther · Ctrl+arrows move the region
I insert a corner · Del delete it · Shift+Del delete the region · PgDn next region
X ignore or watch · Enter done</source>
        <translation>꼭짓점을 차례로 클릭하고 두 번 클릭해 닫으세요. 꼭짓점과 영역은 끌어서 옮깁니다.
N 새 영역 · Tab 다음 꼭짓점 · 화살표로 이동, Shift와 함께 크게 · Ctrl+화살표로 영역 이동
I 꼭짓점 추가 · Del 꼭짓점 삭제 · Shift+Del 영역 삭제 · PgDn 다음 영역
X 무시 또는 감시 · Enter 마침</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>&amp;Playback</source>
        <translation>재생(&amp;P)</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>재생 또는 일시 정지</translation>
    </message>
    <message>
        <source>Play backwards, faster at each press</source>
        <translation>거꾸로 재생 (누를 때마다 빠르게)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Play forwards, faster at each press</source>
        <translation>앞으로 재생 (누를 때마다 빠르게)</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>한 프레임 뒤로</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>한 프레임 앞으로</translation>
    </message>
    <message>
        <source>5 seconds back</source>
        <translation>5초 뒤로</translation>
    </message>
    <message>
        <source>5 seconds forward</source>
        <translation>5초 앞으로</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>처음으로</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>끝으로</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>느리게</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>&amp;Segments</source>
        <translation>구간(&amp;S)</translation>
    </message>
    <message>
        <source>Next segment</source>
        <translation>다음 구간</translation>
    </message>
    <message>
        <source>Previous segment</source>
        <translation>이전 구간</translation>
    </message>
    <message>
        <source>List the segments of all recordings</source>
        <translation>모든 녹화 영상의 구간 보기</translation>
    </message>
    <message>
        <source>Zoom into the scores</source>
        <translation>점수 확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Show the whole recording</source>
        <translation>녹화 영상 전체 보기</translation>
    </message>
    <message>
        <source>What counts as a &amp;lead…</source>
        <translation>단서의 기준(&amp;L)…</translation>
    </message>
    <message>
        <source>S&amp;mooth the curves</source>
        <translation>곡선 다듬기(&amp;M)</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>원래대로</translation>
    </message>
    <message>
        <source>Over {seconds} s</source>
        <translation>{seconds}초 평균</translation>
    </message>
    <message>
        <source>Show the &amp;score of each moment</source>
        <translation>순간별 점수 표시(&amp;S)</translation>
    </message>
    <message>
        <source>Show the probability of &amp;violence</source>
        <translation>폭력 확률 표시(&amp;V)</translation>
    </message>
    <message>
        <source>Show how &amp;unusual it is for the camera</source>
        <translation>카메라에 얼마나 드문지 표시(&amp;U)</translation>
    </message>
    <message>
        <source>Show how like a staged &amp;theft somebody moves</source>
        <translation>연출된 절도와 비슷한 움직임 정도 보기(&amp;T)</translation>
    </message>
    <message>
        <source>Show the score of 32 &amp;parts, as in the paper</source>
        <translation>논문 방식의 32등분 점수 표시(&amp;P)</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>No recordings yet</source>
        <translation>아직 녹화 영상이 없습니다</translation>
    </message>
    <message>
        <source>Drop video files or a folder on the window.</source>
        <translation>동영상 파일이나 폴더를 창에 놓으세요.</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>{time}, score {score}</source>
        <translation>{time}, 점수 {score}</translation>
    </message>
    <message>
        <source>Analyze a recording first: there are no scores yet.</source>
        <translation>아직 점수가 없습니다. 먼저 녹화 영상을 분석하세요.</translation>
    </message>
    <message>
        <source>Choose a recording, or drop one on the window.</source>
        <translation>녹화 영상을 선택하거나 창에 놓으세요.</translation>
    </message>
    <message>
        <source>&amp;Why here?</source>
        <translation>왜 여기인가(&amp;W)</translation>
    </message>
    <message>
        <source>Play backwards, slower at each press</source>
        <translation>뒤로 재생, 누를 때마다 느리게</translation>
    </message>
    <message>
        <source>Play forwards, slower at each press</source>
        <translation>앞으로 재생, 누를 때마다 느리게</translation>
    </message>
    <message>
        <source>&amp;Repeat the segment, or what is marked</source>
        <translation>선택한 구간 또는 표시한 범위 반복(&amp;R)</translation>
    </message>
    <message>
        <source>Repeat from here</source>
        <translation>여기부터 반복</translation>
    </message>
    <message>
        <source>Repeat until here</source>
        <translation>여기까지 반복</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>음소거(&amp;M)</translation>
    </message>
    <message>
        <source>P&amp;icture</source>
        <translation>화면(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Save the picture…</source>
        <translation>화면 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Light and lines…</source>
        <translation>밝기와 주사선(&amp;L)…</translation>
    </message>
    <message>
        <source>Side &amp;by side…</source>
        <translation>나란히 보기(&amp;B)…</translation>
    </message>
    <message>
        <source>Show time and score &amp;over it</source>
        <translation>화면 위에 시각과 점수 표시(&amp;O)</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>확대해서 보기</translation>
    </message>
    <message>
        <source>Look less closely</source>
        <translation>축소해서 보기</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>전체 화면 보기</translation>
    </message>
    <message>
        <source>Look further to the left</source>
        <translation>왼쪽으로 이동</translation>
    </message>
    <message>
        <source>Look further to the right</source>
        <translation>오른쪽으로 이동</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>위로 이동</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>아래로 이동</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>왼쪽으로 회전</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>오른쪽으로 회전</translation>
    </message>
    <message>
        <source>The picture as it is</source>
        <translation>원래 화면으로</translation>
    </message>
    <message>
        <source>Camera &amp;time along the scores</source>
        <translation>점수에 카메라 시각 표시(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Pictures along the scores</source>
        <translation>점수를 따라 장면 표시(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Camera and time…</source>
        <translation>카메라와 시각(&amp;C)…</translation>
    </message>
    <message>
        <source>Load &amp;ground truth…</source>
        <translation>정답 불러오기(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>검토(&amp;R)</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>기각</translation>
    </message>
    <message>
        <source>Back to new</source>
        <translation>새 구간으로 되돌리기</translation>
    </message>
    <message>
        <source>Go on to the next new one after a decision</source>
        <translation>판정 후 다음 새 구간으로 이동</translation>
    </message>
    <message>
        <source>Next segment to review</source>
        <translation>검토할 다음 구간</translation>
    </message>
    <message>
        <source>Previous segment to review</source>
        <translation>검토할 이전 구간</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>유형(&amp;T)</translation>
    </message>
    <message>
        <source>No type</source>
        <translation>유형 없음</translation>
    </message>
    <message>
        <source>Write the type</source>
        <translation>유형 입력</translation>
    </message>
    <message>
        <source>Write tags</source>
        <translation>태그 입력</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>메모 입력</translation>
    </message>
    <message>
        <source>A segment of yours begins here</source>
        <translation>직접 만드는 구간의 시작</translation>
    </message>
    <message>
        <source>… and ends here</source>
        <translation>… 그리고 여기서 끝</translation>
    </message>
    <message>
        <source>Forget where it begins</source>
        <translation>시작 표시 지우기</translation>
    </message>
    <message>
        <source>Begin the segment here</source>
        <translation>구간 시작을 여기로</translation>
    </message>
    <message>
        <source>End the segment here</source>
        <translation>구간 끝을 여기로</translation>
    </message>
    <message>
        <source>Split the segment here</source>
        <translation>여기서 구간 나누기</translation>
    </message>
    <message>
        <source>Merge with the next, or all chosen ones</source>
        <translation>다음 구간 또는 선택한 구간 합치기</translation>
    </message>
    <message>
        <source>Delete your segment, or what you said of it</source>
        <translation>직접 만든 구간 또는 검토 내용 삭제</translation>
    </message>
    <message>
        <source>Find segments</source>
        <translation>구간 찾기</translation>
    </message>
    <message>
        <source>List only new ones</source>
        <translation>새 구간만 표시</translation>
    </message>
    <message>
        <source>List everything again</source>
        <translation>모두 다시 표시</translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation>다음 열로 정렬</translation>
    </message>
    <message>
        <source>Reverse the order</source>
        <translation>순서 뒤집기</translation>
    </message>
    <message>
        <source>Choose all listed segments</source>
        <translation>표시된 구간 모두 선택</translation>
    </message>
    <message>
        <source>Choose the next one too</source>
        <translation>다음 구간도 선택</translation>
    </message>
    <message>
        <source>Choose the previous one too</source>
        <translation>이전 구간도 선택</translation>
    </message>
    <message>
        <source>&amp;Draw regions to ignore or to watch</source>
        <translation>무시하거나 감시할 영역 그리기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Copy the regions to recordings of the same size</source>
        <translation>같은 크기의 녹화 영상에 영역 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Show r&amp;egions</source>
        <translation>영역 표시(&amp;E)</translation>
    </message>
    <message>
        <source>This is &amp;normal here</source>
        <translation>여기서는 정상입니다(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Learn from what the curve shows</source>
        <translation>곡선에 보이는 구간에서 배우기(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Forget what this camera was taught</source>
        <translation>이 카메라에 가르친 것 잊기(&amp;F)</translation>
    </message>
    <message>
        <source>Show what is &amp;usual: paths and speeds</source>
        <translation>평소 모습 표시: 경로와 속도(&amp;U)</translation>
    </message>
    <message>
        <source>Show people and how they &amp;hold themselves</source>
        <translation>사람과 자세 보기(&amp;H)</translation>
    </message>
    <message>
        <source>S&amp;uggested types</source>
        <translation>제안된 유형(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Accept the suggested type</source>
        <translation>제안된 유형 적용(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Suggest types anew</source>
        <translation>유형 다시 제안(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Learn types from what was said</source>
        <translation>검토 내용에서 유형 학습(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Forget what was learned last</source>
        <translation>마지막 학습 지우기(&amp;F)</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Your segment begins at {time}: ] ends it, Esc forgets it.</source>
        <translation>구간 시작: {time}. ] 로 끝내고 Esc로 취소합니다.</translation>
    </message>
    <message>
        <source>No segment is chosen</source>
        <translation>선택한 구간 없음</translation>
    </message>
    <message>
        <source>{segments} chosen</source>
        <translation>{segments} 선택</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Ctrl+Enter goes back to the segments</source>
        <translation>Ctrl+Enter로 구간 목록에 돌아갑니다</translation>
    </message>
    <message>
        <source>Nobody has looked at this yet.</source>
        <translation>아직 아무도 검토하지 않았습니다.</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>marked by hand</source>
        <translation>직접 표시함</translation>
    </message>
    <message>
        <source>the file has changed since</source>
        <translation>이후 파일이 바뀜</translation>
    </message>
</context>
<context>
    <name>ReviewProgress</name>
    <message>
        <source>Progress of the review</source>
        <translation>검토 진행률</translation>
    </message>
</context>
<context>
    <name>ReviewText</name>
    <message>
        <source>New</source>
        <translation>새 구간</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>확정됨</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>기각됨</translation>
    </message>
    <message>
        <source>Fight</source>
        <translation>싸움</translation>
    </message>
    <message>
        <source>Assault</source>
        <translation>폭행</translation>
    </message>
    <message>
        <source>Robbery</source>
        <translation>강도</translation>
    </message>
    <message>
        <source>Theft</source>
        <translation>절도</translation>
    </message>
    <message>
        <source>Burglary</source>
        <translation>침입 절도</translation>
    </message>
    <message>
        <source>Vandalism</source>
        <translation>기물 파손</translation>
    </message>
    <message>
        <source>Crash</source>
        <translation>교통사고</translation>
    </message>
    <message>
        <source>Fall</source>
        <translation>쓰러짐</translation>
    </message>
    <message>
        <source>Shooting</source>
        <translation>총격</translation>
    </message>
    <message>
        <source>Arson</source>
        <translation>방화</translation>
    </message>
    <message>
        <source>Explosion</source>
        <translation>폭발</translation>
    </message>
    <message>
        <source>Abuse</source>
        <translation>학대</translation>
    </message>
    <message>
        <source>Arrest</source>
        <translation>체포</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>End</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Mean score</source>
        <translation>평균 점수</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>검토자</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>마지막 변경</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>찾은 주체</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>기각</translation>
    </message>
    <message>
        <source>Back to new</source>
        <translation>새 구간으로 되돌리기</translation>
    </message>
    <message>
        <source>Own segment</source>
        <translation>직접 만든 구간</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>구간 다듬기</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>나누기</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>합치기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Remove the recording</source>
        <translation>녹화 영상 제거</translation>
    </message>
    <message>
        <source>Find the file again</source>
        <translation>파일 다시 찾기</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>Case settings</source>
        <translation>사건 설정</translation>
    </message>
    <message>
        <source>Rule for segments</source>
        <translation>구간 규칙</translation>
    </message>
    <message>
        <source>{reviewed} of {total} reviewed</source>
        <translation>{total}개 중 {reviewed}개 검토함</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>No type is suggested here that could be accepted.</source>
        <translation>여기에는 적용할 수 있는 제안된 유형이 없습니다.</translation>
    </message>
    <message>
        <source>Press [ where the segment begins, then ] at its end.</source>
        <translation>구간이 시작하는 곳에서 [ 를, 끝나는 곳에서 ] 를 누르세요.</translation>
    </message>
</context>
<context>
    <name>RulePanel</name>
    <message>
        <source>&amp;Threshold</source>
        <translation>임계값(&amp;T)</translation>
    </message>
    <message>
        <source>A lead begins where the score reaches this</source>
        <translation>점수가 이 값에 이르면 단서가 시작됩니다</translation>
    </message>
    <message>
        <source>&amp;Hysteresis</source>
        <translation>이력 비율(&amp;H)</translation>
    </message>
    <message>
        <source>A lead lasts while the score stays above this share of the threshold</source>
        <translation>점수가 임계값의 이 비율보다 높은 동안 단서가 이어집니다</translation>
    </message>
    <message>
        <source>&amp;Merge up to</source>
        <translation>병합 간격(&amp;M)</translation>
    </message>
    <message>
        <source>Leads that lie no further apart become one</source>
        <translation>이 간격 이내의 단서는 하나로 합칩니다</translation>
    </message>
    <message>
        <source>&amp;At least</source>
        <translation>최소 길이(&amp;A)</translation>
    </message>
    <message>
        <source>Shorter leads are left out</source>
        <translation>더 짧은 단서는 제외합니다</translation>
    </message>
    <message>
        <source>What counts as a lead</source>
        <translation>단서의 기준</translation>
    </message>
    <message>
        <source>Expected false alarms</source>
        <translation>예상 오경보</translation>
    </message>
    <message>
        <source>Rules by name</source>
        <translation>저장한 기준</translation>
    </message>
    <message>
        <source>Name of the rule</source>
        <translation>기준 이름</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Rules by name …</source>
        <translation>저장한 기준 …</translation>
    </message>
    <message>
        <source>Keep this rule for {camera} as …</source>
        <translation>{camera}의 기준으로 저장할 이름 …</translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Alarm rules</source>
        <translation>경보 규칙</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>What it would have raised</source>
        <translation>울렸을 경보</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>화면 전체</translation>
    </message>
    <message>
        <source>&amp;Wake it</source>
        <translation>다시 켜기(&amp;W)</translation>
    </message>
    <message>
        <source>Sn&amp;ooze 1 h</source>
        <translation>1시간 멈춤(&amp;O)</translation>
    </message>
    <message>
        <source>Trying the rule …</source>
        <translation>규칙을 시험하는 중…</translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>A&amp;rmed: it raises alarms</source>
        <translation>경계: 경보를 울립니다(&amp;R)</translation>
    </message>
    <message>
        <source>always; or Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00</source>
        <translation>항상, 또는 Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00</translation>
    </message>
    <message>
        <source>the camera&apos;s own clock</source>
        <translation>카메라의 시계</translation>
    </message>
    <message>
        <source>&amp;New rule</source>
        <translation>새 규칙(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>제거(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>A rule raises an alarm when the score of a camera is high for long enough. Make one, see what it would have raised in your recordings, and arm it.</source>
        <translation>카메라의 점수가 충분히 오래 높으면 규칙이 경보를 울립니다. 규칙을 만들어 녹화에서 몇 번 울렸을지 확인한 뒤 경계를 켜세요.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Track</source>
        <translation>점수 종류(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;hreshold</source>
        <translation>문턱값(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Goes on at (share)</source>
        <translation>지속 비율(&amp;G)</translation>
    </message>
    <message>
        <source>High for at &amp;least</source>
        <translation>최소 지속 시간(&amp;L)</translation>
    </message>
    <message>
        <source>Lower in &amp;between</source>
        <translation>끊김 허용(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Quiet afterwards</source>
        <translation>울린 뒤 쉬는 시간(&amp;Q)</translation>
    </message>
    <message>
        <source>Sche&amp;dule</source>
        <translation>시간표(&amp;D)</translation>
    </message>
    <message>
        <source>T&amp;ime zone</source>
        <translation>시간대(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Zone</source>
        <translation>구역(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Cameras (none: all)</source>
        <translation>카메라(비우면 전체)(&amp;C)</translation>
    </message>
    <message>
        <source>Tell &amp;whom</source>
        <translation>알릴 곳(&amp;W)</translation>
    </message>
</context>
<context>
    <name>SavePicture</name>
    <message>
        <source>Save the picture</source>
        <translation>화면 저장</translation>
    </message>
    <message>
        <source>As it is &amp;seen: closer, turned, light, overlays</source>
        <translation>보이는 그대로 저장(&amp;S): 확대, 회전, 밝기, 겹쳐 그린 표시 포함</translation>
    </message>
    <message>
        <source>The caption</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>&amp;Caption</source>
        <translation>설명(&amp;C)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Below the picture, in the same file</source>
        <translation>같은 파일의 그림 아래에 새김</translation>
    </message>
    <message>
        <source>In a text file beside it</source>
        <translation>별도 텍스트 파일로 저장</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>This segment was found by the network, which does not learn; dismiss it instead.</source>
        <translation>이 구간은 신경망이 찾은 것이며 신경망은 새로 배우지 않습니다. 대신 기각하세요.</translation>
    </message>
    <message>
        <source>Learning that this is normal here</source>
        <translation>여기서는 정상임을 배우는 중</translation>
    </message>
    <message>
        <source>Learning from {span} of this recording</source>
        <translation>이 영상의 {span} 구간에서 배우는 중</translation>
    </message>
    <message>
        <source>Forgetting what was taught to this camera</source>
        <translation>이 카메라에 가르친 것을 잊는 중</translation>
    </message>
    <message>
        <source>Forgotten. What is unusual in “{camera}” was found anew.</source>
        <translation>잊었습니다. “{camera}”에서 드문 일을 다시 찾았습니다.</translation>
    </message>
    <message>
        <source>Learned. What is unusual in “{camera}” was found anew.</source>
        <translation>배웠습니다. “{camera}”에서 드문 일을 다시 찾았습니다.</translation>
    </message>
</context>
<context>
    <name>SceneOverlay</name>
    <message>
        <source>What is unusual in the picture</source>
        <translation>화면에서 드문 것</translation>
    </message>
    <message>
        <source>Nothing has been learned of this camera yet.</source>
        <translation>이 카메라에 대해 아직 배운 것이 없습니다.</translation>
    </message>
    <message>
        <source>Usual here, learned from {length} of “{camera}”; an arrow is as long as the way of a third of a second.</source>
        <translation>평소 모습: “{camera}”의 {length} 분량에서 배움. 화살표의 길이는 3분의 1초 동안 가는 거리입니다.</translation>
    </message>
</context>
<context>
    <name>ScoreCurve</name>
    <message>
        <source>Score over time</source>
        <translation>시간에 따른 점수</translation>
    </message>
    <message>
        <source>There are no scores, because the recording failed</source>
        <translation>녹화 영상을 분석하지 못해 점수가 없습니다</translation>
    </message>
    <message>
        <source>Scores appear as soon as there are some</source>
        <translation>점수가 나오는 대로 표시됩니다</translation>
    </message>
    <message>
        <source>Analyze the recording to see its scores</source>
        <translation>녹화 영상을 분석하면 점수가 표시됩니다</translation>
    </message>
</context>
<context>
    <name>ScorePanel</name>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Score at the playhead</source>
        <translation>재생 위치의 점수</translation>
    </message>
    <message>
        <source>Violence</source>
        <translation>폭력</translation>
    </message>
    <message>
        <source>Probability of violence at the playhead</source>
        <translation>재생 위치의 폭력 확률</translation>
    </message>
    <message>
        <source>How probable it is that the frame shows violence, were such frames as frequent as others. The leads are those of the score.</source>
        <translation>폭력 장면과 그 밖의 장면이 똑같이 흔하다고 볼 때 이 프레임이 폭력을 보여 줄 확률입니다. 단서는 점수로 정해집니다.</translation>
    </message>
    <message>
        <source>Novelty</source>
        <translation>이례성</translation>
    </message>
    <message>
        <source>Novelty at the playhead</source>
        <translation>재생 위치의 이례성</translation>
    </message>
    <message>
        <source>How unlike what is usual for this camera a moment is, learned without labels. At 0.5 two alarms an hour of quiet time are to be expected; it makes leads from there on.</source>
        <translation>그 순간이 이 카메라의 평소 모습과 얼마나 다른지를 라벨 없이 배워 나타냅니다. 0.5에서는 조용한 시간 1시간에 경보 두 건이 예상되며, 그 이상을 단서로 삼습니다.</translation>
    </message>
    <message>
        <source>Theft</source>
        <translation>절도</translation>
    </message>
    <message>
        <source>Likeness to a staged theft at the playhead</source>
        <translation>재생 위치에서 연출된 절도와 비슷한 정도</translation>
    </message>
    <message>
        <source>How much somebody moves like the staged thefts that the network was trained on: a hint at where to look, not shown to find thefts in real stores. Recordings analyzed with “crimeview analyze --theft” have it.</source>
        <translation>누군가의 움직임이 신경망이 학습한 연출된 절도와 얼마나 비슷한지 나타냅니다. 어디를 볼지에 대한 단서일 뿐이며, 실제 매장의 절도를 찾아낸다고 입증되지는 않았습니다. “crimeview analyze --theft”로 분석한 영상에 있습니다.</translation>
    </message>
    <message>
        <source>32 parts</source>
        <translation>32등분</translation>
    </message>
    <message>
        <source>Score of the part at the playhead</source>
        <translation>재생 위치가 속한 부분의 점수</translation>
    </message>
    <message>
        <source>The recording cut into 32 equal parts, one score each, as Sultani et al. do it: the longer the recording, the less of a moment it tells. Recordings that were analyzed before have it as soon as they are analyzed again.</source>
        <translation>Sultani 등의 방식대로 녹화 영상을 32개로 똑같이 나누어 각각 점수를 매깁니다. 영상이 길수록 순간을 덜 알려 줍니다. 이전에 분석한 영상은 다시 분석하면 표시됩니다.</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Ground truth at the playhead</source>
        <translation>재생 위치의 정답</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>Share of the recording that was skipped</source>
        <translation>녹화 영상에서 건너뛴 비율</translation>
    </message>
    <message>
        <source>How closely it was looked at</source>
        <translation>얼마나 자세히 살펴보았는지</translation>
    </message>
    <message>
        <source>&amp;Threshold</source>
        <translation>임계값(&amp;T)</translation>
    </message>
    <message>
        <source>Scores appear here while a recording is analyzed.</source>
        <translation>녹화 영상을 분석하는 동안 점수가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Threshold: scores from here on are leads</source>
        <translation>임계값: 점수가 이 값 이상이면 단서로 봅니다</translation>
    </message>
</context>
<context>
    <name>SegmentList</name>
    <message>
        <source>{state}: {name}, {start} to {end}, highest score {peak} at {time}</source>
        <translation>{state}: {name}, {start}부터 {end}까지, 최고 점수 {peak} ({time})</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>구간</translation>
    </message>
</context>
<context>
    <name>SegmentPanel</name>
    <message>
        <source>Segments</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Nothing listed</source>
        <translation>표시할 구간 없음</translation>
    </message>
    <message>
        <source>No segment fits what is looked for. Shift+W lists everything again.</source>
        <translation>조건에 맞는 구간이 없습니다. Shift+W를 누르면 모두 다시 표시합니다.</translation>
    </message>
    <message>
        <source>Choose a recording to see its segments.</source>
        <translation>녹화 영상을 선택하면 구간이 표시됩니다.</translation>
    </message>
    <message>
        <source>What is worth looking at will appear here.</source>
        <translation>살펴볼 만한 구간이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Analyze the recording to find segments.</source>
        <translation>녹화 영상을 분석하면 구간을 찾습니다.</translation>
    </message>
    <message>
        <source>The recording could not be analyzed.</source>
        <translation>녹화 영상을 분석하지 못했습니다.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>찾은 구간 없음</translation>
    </message>
    <message>
        <source>No score reaches the threshold of {threshold}. Lower it to see weaker leads.</source>
        <translation>임계값 {threshold}에 이른 점수가 없습니다. 임계값을 낮추면 더 약한 단서도 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>This recording</source>
        <translation>이 녹화 영상</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>모든 녹화 영상</translation>
    </message>
    <message>
        <source>Whose segments are listed</source>
        <translation>구간을 표시할 범위</translation>
    </message>
    <message>
        <source>A score is a lead, not a finding.</source>
        <translation>점수는 단서일 뿐, 결론이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The settings file {path} cannot be read; the defaults are in use.</source>
        <translation>설정 파일 {path}을(를) 읽을 수 없어 기본값을 사용합니다.</translation>
    </message>
    <message>
        <source>The settings could not be understood and were set aside as {path}; the defaults are in use.</source>
        <translation>설정을 해석할 수 없어 {path}(으)로 옮겨 두고 기본값을 사용합니다.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Change &amp;keys…</source>
        <translation>키 바꾸기(&amp;K)…</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>분석</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>&amp;Look only where something happens</source>
        <translation>움직임이 있는 부분만 살펴보기(&amp;L)</translation>
    </message>
    <message>
        <source>Saves most of the time on quiet recordings. Very short or very small movements may be missed; the scores show which parts were skipped. Holds from the next analysis on.</source>
        <translation>조용한 녹화 영상에서는 분석 시간이 크게 줄어듭니다. 아주 짧거나 작은 움직임은 놓칠 수 있으며, 건너뛴 부분은 점수 그래프에 표시됩니다. 다음 분석부터 적용됩니다.</translation>
    </message>
    <message>
        <source>Find what is &amp;unusual for each camera</source>
        <translation>카메라마다 드문 일 찾기(&amp;U)</translation>
    </message>
    <message>
        <source>Analyze recordings when they are &amp;opened</source>
        <translation>녹화 영상을 열 때 바로 분석(&amp;O)</translation>
    </message>
    <message>
        <source>Name kinds of objects that a camera &amp;never showed</source>
        <translation>카메라에서 본 적 없는 종류의 물체 알리기(&amp;N)</translation>
    </message>
    <message>
        <source>Only with a detector: crimeview models import FILE.onnx. It looks twice a second where anything moves, which makes the analysis slower.</source>
        <translation>검출기가 있을 때만: crimeview models import FILE.onnx. 움직임이 있는 곳을 초당 두 번 확인하므로 분석이 느려집니다.</translation>
    </message>
    <message>
        <source>As the model was trained</source>
        <translation>모델을 학습한 그대로</translation>
    </message>
    <message>
        <source>4 frames: finest, takes longest</source>
        <translation>4프레임: 가장 촘촘하고 오래 걸림</translation>
    </message>
    <message>
        <source>8 frames</source>
        <translation>8프레임</translation>
    </message>
    <message>
        <source>16 frames: quickest</source>
        <translation>16프레임: 가장 빠름</translation>
    </message>
    <message>
        <source>A clip &amp;begins every</source>
        <translation>클립 간격(&amp;B)</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Go on to the next new segment after a decision</source>
        <translation>판정 후 다음 새 구간으로 이동(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Compute on</source>
        <translation>계산 장치(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation>정밀도(&amp;P)</translation>
    </message>
    <message>
        <source>Automatic takes what measuring finds to be fastest on this computer with nearly the same scores: what lies close to the threshold can fall on its other side. Another precision means analyzing anew.</source>
        <translation>자동은 점수가 거의 같으면서 이 컴퓨터에서 가장 빠르다고 측정된 방식을 씁니다. 임계값에 아주 가까운 장면은 결과가 달라질 수 있습니다. 정밀도를 바꾸면 다시 분석해야 합니다.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Same as the desktop</source>
        <translation>바탕 화면과 같게</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>언어(&amp;A)</translation>
    </message>
    <message>
        <source>Show the probability of &amp;violence</source>
        <translation>폭력 확률 표시(&amp;V)</translation>
    </message>
    <message>
        <source>{engine} (not installed)</source>
        <translation>{engine}(설치되지 않음)</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>Adding to the library</source>
        <translation>라이브러리에 추가하는 중</translation>
    </message>
    <message>
        <source>{segments} written to {folder}.</source>
        <translation>{segments}을 {folder}에 내보냈습니다.</translation>
    </message>
    <message>
        <source>Writing a package</source>
        <translation>패키지를 쓰는 중</translation>
    </message>
    <message>
        <source>{new} added, {known} known already.</source>
        <translation>{new} 추가, 이미 있는 구간 {known}개.</translation>
    </message>
    <message>
        <source>Reading a package</source>
        <translation>패키지를 읽는 중</translation>
    </message>
    <message>
        <source>There was nothing to add: no segment fits.</source>
        <translation>추가할 구간이 없습니다.</translation>
    </message>
    <message>
        <source>{count} added</source>
        <translation>{count}개 추가</translation>
    </message>
    <message>
        <source>{count} known already</source>
        <translation>이미 있음 {count}개</translation>
    </message>
    <message>
        <source>{count} added as duplicates</source>
        <translation>중복으로 추가 {count}개</translation>
    </message>
    <message>
        <source>{count} left out: another file shows the same</source>
        <translation>다른 파일에 있어 제외 {count}개</translation>
    </message>
    <message>
        <source>Library: {what}.</source>
        <translation>라이브러리: {what}.</translation>
    </message>
    <message>
        <source>The library could not be used; the log says why.</source>
        <translation>라이브러리를 사용할 수 없습니다. 이유는 로그에 있습니다.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>&amp;Change keys…</source>
        <translation>키 바꾸기(&amp;C)…</translation>
    </message>
</context>
<context>
    <name>Similar</name>
    <message>
        <source>S&amp;imilar</source>
        <translation>비슷한 장면(&amp;I)</translation>
    </message>
    <message>
        <source>Look for what is like a file…</source>
        <translation>파일과 비슷한 장면 찾기…</translation>
    </message>
    <message>
        <source>Next result</source>
        <translation>다음 결과</translation>
    </message>
    <message>
        <source>Previous result</source>
        <translation>이전 결과</translation>
    </message>
    <message>
        <source>This is relevant</source>
        <translation>관련 있음</translation>
    </message>
    <message>
        <source>This is not relevant</source>
        <translation>관련 없음</translation>
    </message>
    <message>
        <source>Take back all of that</source>
        <translation>평가 모두 취소</translation>
    </message>
    <message>
        <source>Play or pause both</source>
        <translation>둘 다 재생 또는 일시 정지</translation>
    </message>
    <message>
        <source>Both one frame back</source>
        <translation>둘 다 한 프레임 뒤로</translation>
    </message>
    <message>
        <source>Both one frame forward</source>
        <translation>둘 다 한 프레임 앞으로</translation>
    </message>
    <message>
        <source>Stop looking</source>
        <translation>찾기 중지</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>비슷한 장면</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>찾을 곳</translation>
    </message>
    <message>
        <source>In the library</source>
        <translation>라이브러리에서</translation>
    </message>
    <message>
        <source>In this case</source>
        <translation>이 사건에서</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
    <message>
        <source>Nothing was compared</source>
        <translation>비교하지 못했습니다</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>조건에 맞는 것이 없습니다</translation>
    </message>
    <message>
        <source>Ask for every type, camera and place, or look elsewhere.</source>
        <translation>모든 유형, 카메라, 장소로 바꾸거나 다른 곳에서 찾아보세요.</translation>
    </message>
    <message>
        <source>Find what is like it</source>
        <translation>비슷한 장면 찾기</translation>
    </message>
    <message>
        <source>Select a segment on the review page, or mark a span there, and press {key}; or drop a video file here. It is compared with your library, or with this case.</source>
        <translation>검토 화면에서 구간을 선택하거나 범위를 표시하고 {key} 키를 누르거나, 여기에 영상 파일을 끌어다 놓으세요. 라이브러리 또는 이 사건과 비교합니다.</translation>
    </message>
    <message>
        <source>Look for what is like a file</source>
        <translation>파일과 비슷한 장면 찾기</translation>
    </message>
    <message>
        <source>Videos ({patterns})</source>
        <translation>영상 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>SimilarSearch</name>
    <message>
        <source>No library is open. Open one on the library page, or look in this case.</source>
        <translation>열린 라이브러리가 없습니다. 라이브러리 화면에서 열거나 이 사건에서 찾으세요.</translation>
    </message>
    <message>
        <source>The search failed; the log says why.</source>
        <translation>찾지 못했습니다. 이유는 로그에 있습니다.</translation>
    </message>
    <message>
        <source>Reading the case</source>
        <translation>사건을 읽는 중</translation>
    </message>
</context>
<context>
    <name>SimilarText</name>
    <message>
        <source>Nothing that fits the filter can be compared.</source>
        <translation>조건에 맞는 비교 대상이 없습니다.</translation>
    </message>
    <message>
        <source>Too few segments to tell which of these are close: it takes 20 of 5 recordings.</source>
        <translation>구간이 너무 적어 어느 것이 근접한지 판단할 수 없습니다. 녹화 5개, 구간 20개가 필요합니다.</translation>
    </message>
    <message>
        <source>No close match: none is above {limit}, which segments of different types reach here, too.</source>
        <translation>근접한 결과 없음: {limit}을 넘는 것이 없습니다. 이 값은 유형이 다른 구간끼리도 나옵니다.</translation>
    </message>
    <message>
        <source>No close match: none is above {limit}, which different recordings would reach here by chance.</source>
        <translation>근접한 결과 없음: {limit}을 넘는 것이 없습니다. 이 값은 서로 다른 녹화에서 우연히도 나옵니다.</translation>
    </message>
    <message>
        <source>{close} of {count} are close matches: above {limit}, as learned here.</source>
        <translation>{count}개 중 {close}개가 근접합니다(여기서 학습한 기준 {limit} 초과).</translation>
    </message>
    <message>
        <source>{name}, {start} to {end}</source>
        <translation>{name}, {start}~{end}</translation>
    </message>
</context>
<context>
    <name>Skipping</name>
    <message>
        <source>Skipped: nothing moved from keyframe to keyframe</source>
        <translation>건너뜀: 키프레임 사이에 움직임이 없었습니다</translation>
    </message>
    <message>
        <source>Skipped: nothing moved in the pictures</source>
        <translation>건너뜀: 화면에 움직임이 없었습니다</translation>
    </message>
    <message>
        <source>Skipped; a check of every picture found nothing moving</source>
        <translation>건너뜀: 모든 화면을 확인했지만 움직임이 없었습니다</translation>
    </message>
    <message>
        <source>Nothing was skipped</source>
        <translation>건너뛴 부분이 없습니다</translation>
    </message>
    <message>
        <source>{share} skipped: nothing moved there</source>
        <translation>{share} 건너뜀: 움직임이 없었습니다</translation>
    </message>
    <message>
        <source>events under {length} may be missed</source>
        <translation>{length}보다 짧은 사건은 놓칠 수 있습니다</translation>
    </message>
    <message>
        <source>{share} skipped, because nothing moved from keyframe to keyframe.</source>
        <translation>키프레임 사이에 움직임이 없어 {share}를 건너뛰었습니다.</translation>
    </message>
    <message>
        <source>{share} skipped, because nothing moved in the pictures.</source>
        <translation>화면에 움직임이 없어 {share}를 건너뛰었습니다.</translation>
    </message>
    <message>
        <source>Everything was looked at closely.</source>
        <translation>모든 부분을 자세히 살펴보았습니다.</translation>
    </message>
    <message>
        <source>Check: no skipped part was long enough for one.</source>
        <translation>확인: 건너뛴 부분 중 확인할 만큼 긴 곳이 없었습니다.</translation>
    </message>
    <message>
        <source>Check: {count} skipped clips were decoded all the same; nothing moved in any.</source>
        <translation>확인: 건너뛴 클립 {count}개를 모두 디코딩해 보았지만 움직임이 없었습니다.</translation>
    </message>
    <message>
        <source>Check: {count} skipped clips were decoded all the same; {moving} of them are not clearly still and were analyzed. Others like them may have been skipped.</source>
        <translation>확인: 건너뛴 클립 {count}개를 디코딩해 보니 {moving}개는 움직임이 없다고 확신할 수 없어 분석했습니다. 비슷한 클립을 더 건너뛰었을 수 있습니다.</translation>
    </message>
    <message>
        <source>Every picture was decoded: {reason}.</source>
        <translation>모든 화면을 디코딩했습니다: {reason}.</translation>
    </message>
    <message>
        <source>Events shorter than {length}, the time from keyframe to keyframe, may be missed. Switch skipping off in the settings to look at every picture.</source>
        <translation>키프레임 간격인 {length}보다 짧은 사건은 놓칠 수 있습니다. 모든 화면을 살펴보려면 설정에서 건너뛰기를 끄세요.</translation>
    </message>
    <message>
        <source>its pictures are small, so that takes no longer</source>
        <translation>화면이 작아 시간이 더 걸리지 않습니다</translation>
    </message>
    <message>
        <source>it has too few keyframes to compare</source>
        <translation>비교할 키프레임이 너무 적습니다</translation>
    </message>
    <message>
        <source>too much could happen between its keyframes</source>
        <translation>키프레임 간격이 너무 깁니다</translation>
    </message>
    <message>
        <source>its keyframes come irregularly</source>
        <translation>키프레임 간격이 일정하지 않습니다</translation>
    </message>
    <message>
        <source>its time stamps are missing or out of order</source>
        <translation>타임스탬프가 없거나 순서가 맞지 않습니다</translation>
    </message>
    <message>
        <source>something moves in it nearly all the time</source>
        <translation>거의 내내 움직임이 있습니다</translation>
    </message>
    <message>
        <source>its noise could hide what is small</source>
        <translation>영상의 노이즈에 작은 움직임이 묻힐 수 있습니다</translation>
    </message>
</context>
<context>
    <name>StageRow</name>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>Stills</name>
    <message>
        <source>{name}, {time} of the recording</source>
        <translation>{name}, 녹화 시간 {time}</translation>
    </message>
    <message>
        <source>Camera time {time}</source>
        <translation>카메라 시각 {time}</translation>
    </message>
    <message>
        <source>Saved {time} with crimeview</source>
        <translation>crimeview로 저장: {time}</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>화면 저장</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 그림 (*.png)</translation>
    </message>
    <message>
        <source>The picture was saved as {path}.</source>
        <translation>화면을 {path}에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>SuggestedRow</name>
    <message>
        <source>Accept</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Types are suggested for {count} of them</source>
        <translation>이 중 {count}개에 유형이 제안됨</translation>
    </message>
</context>
<context>
    <name>SuggestedText</name>
    <message>
        <source>Suggested: {kind}, {share}</source>
        <translation>제안: {kind}, {share}</translation>
    </message>
    <message>
        <source>{kind}? {share}</source>
        <translation>{kind}? {share}</translation>
    </message>
    <message>
        <source>From a group that was given a name</source>
        <translation>이름을 붙인 그룹에서 제안</translation>
    </message>
    <message>
        <source>From what was learned in this case (lesson {number})</source>
        <translation>이 사건에서 학습한 내용에서 제안(학습 {number})</translation>
    </message>
    <message>
        <source>By the model {name}</source>
        <translation>모델 {name}의 제안</translation>
    </message>
    <message>
        <source>ordinary</source>
        <translation>일상적</translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Give the suggested types</source>
        <translation>제안된 유형 지정</translation>
    </message>
    <message>
        <source>To the rows that are selected; to all where none is</source>
        <translation>선택한 행에 지정하고, 선택이 없으면 모두에 지정합니다</translation>
    </message>
    <message>
        <source>Name a cluster: its name is then suggested for segments without a type that fall in it.</source>
        <translation>군집에 이름을 붙이세요. 유형이 없는 구간이 그 군집에 들면 그 이름이 제안됩니다.</translation>
    </message>
    <message>
        <source>{known} with a suggestion, {unknown} unknown: too far from every named cluster. The confidence is the share of the cluster&apos;s own members that are as far from its middle or farther.</source>
        <translation>제안 있음 {known}개, 알 수 없음 {unknown}개(이름 있는 모든 군집에서 너무 멂). 확신도는 군집 중심에서 이만큼 또는 더 먼 구성원의 비율입니다.</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Suggested type</source>
        <translation>제안된 유형</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>확신도</translation>
    </message>
    <message>
        <source>Suggested types</source>
        <translation>제안된 유형</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes}분 {seconds}초</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>Estimating the time left …</source>
        <translation>남은 시간 계산 중…</translation>
    </message>
    <message>
        <source>A few seconds left</source>
        <translation>몇 초 남음</translation>
    </message>
    <message>
        <source>About {seconds} s left</source>
        <translation>약 {seconds}초 남음</translation>
    </message>
    <message>
        <source>About {minutes} min left</source>
        <translation>약 {minutes}분 남음</translation>
    </message>
    <message>
        <source>About {hours} h {minutes} min left</source>
        <translation>약 {hours}시간 {minutes}분 남음</translation>
    </message>
    <message>
        <source>1 segment</source>
        <translation>구간 1개</translation>
    </message>
    <message>
        <source>{count} segments</source>
        <translation>구간 {count}개</translation>
    </message>
    <message>
        <source>Not analyzed yet</source>
        <translation>아직 분석하지 않음</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Analyzing, {percent}</source>
        <translation>분석 중, {percent}</translation>
    </message>
    <message>
        <source>Analyzing</source>
        <translation>분석 중</translation>
    </message>
    <message>
        <source>Stopped at {time}</source>
        <translation>{time}에서 멈춤</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>찾은 구간 없음</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Everything else</source>
        <translation>그 밖의 모든 것</translation>
    </message>
    <message>
        <source>All commands are in these menus. {palette} finds one by a few letters, {sheet} shows all keys, and they can be changed. Help has this tour again.</source>
        <translation>모든 명령은 이 메뉴에 있습니다. {palette} 키로 몇 글자만 입력해 명령을 찾고, {sheet} 키로 모든 키를 보고 바꿀 수 있습니다. 이 둘러보기는 도움말에서 다시 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>Drop video files or folders anywhere on the window. They are looked through in the background, and the files themselves stay untouched.</source>
        <translation>동영상 파일이나 폴더를 창 아무 곳에나 놓으세요. 백그라운드에서 분석되며, 원본 파일은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>{play} plays, {back} and {on} go frame by frame, and {faster} plays faster at each press. Zoom, light, regions to ignore and other cameras beside it are in the menus.</source>
        <translation>{play} 키로 재생하고, {back}/{on} 키로 한 프레임씩 이동하며, {faster} 키를 누를 때마다 더 빨리 재생합니다. 확대, 밝기, 무시할 영역, 다른 카메라와 나란히 보기는 메뉴에 있습니다.</translation>
    </message>
    <message>
        <source>Scores over time</source>
        <translation>시간에 따른 점수</translation>
    </message>
    <message>
        <source>How unusual each moment is, with the segments as blocks. Click to go there, drag to look through, turn the wheel to zoom. A score is a lead, not a finding.</source>
        <translation>각 순간이 얼마나 이례적인지 보여 주며, 구간은 블록으로 표시됩니다. 클릭하면 그곳으로 가고, 끌면 훑어보고, 휠로 확대합니다. 점수는 단서일 뿐, 결론이 아닙니다.</translation>
    </message>
    <message>
        <source>Segments to review</source>
        <translation>검토할 구간</translation>
    </message>
    <message>
        <source>What is worth looking at, the highest score first. {next} goes to the next one, {confirm} confirms, {dismiss} dismisses, {unsure} leaves it unsure, and {undo} takes anything back.</source>
        <translation>살펴볼 만한 구간이며, 점수가 높은 것부터 나옵니다. {next} 키로 다음 구간, {confirm} 키로 확인, {dismiss} 키로 제외, {unsure} 키로 불확실을 정하고, {undo} 키로 무엇이든 되돌립니다.</translation>
    </message>
</context>
<context>
    <name>TourGuide</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>둘러보기 끝내기</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{count}단계 중 {number}단계</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Camera time</source>
        <translation>카메라 시각</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>repeats {start} to {end}</source>
        <translation>{start}~{end} 반복</translation>
    </message>
    <message>
        <source>Playing speed</source>
        <translation>재생 속도</translation>
    </message>
</context>
<context>
    <name>TypeBox</name>
    <message>
        <source>Give a type</source>
        <translation>유형 지정</translation>
    </message>
    <message>
        <source>Type for the chosen segments</source>
        <translation>선택한 구간의 유형</translation>
    </message>
</context>
<context>
    <name>TypeLearning</name>
    <message>
        <source>Suggesting types</source>
        <translation>유형을 제안하는 중</translation>
    </message>
    <message>
        <source>Learning types from what was said</source>
        <translation>검토 내용에서 유형을 학습하는 중</translation>
    </message>
    <message>
        <source>Forgetting what was learned of types</source>
        <translation>학습한 유형을 지우는 중</translation>
    </message>
    <message>
        <source>A type is suggested for {segments}.</source>
        <translation>{segments}에 유형을 제안했습니다.</translation>
    </message>
    <message>
        <source>Not used: of segments of recordings held out in turn {after} would be right, {before} are without it.</source>
        <translation>사용하지 않습니다. 녹화 영상을 차례로 빼고 확인하니 학습 후 {after}, 학습 전 {before}가 맞았습니다.</translation>
    </message>
    <message>
        <source>Learned from {segments}: of those of recordings held out in turn {after} are right, {before} without it.</source>
        <translation>{segments}에서 학습했습니다. 녹화 영상을 차례로 빼고 확인하니 학습 후 {after}, 학습 전 {before}가 맞았습니다.</translation>
    </message>
    <message>
        <source>What was learned last of types is forgotten.</source>
        <translation>마지막으로 학습한 유형을 지웠습니다.</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Picture</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Going to {time} …</source>
        <translation>{time}(으)로 이동 중…</translation>
    </message>
</context>
<context>
    <name>ViewText</name>
    <message>
        <source>{zoom}× closer</source>
        <translation>{zoom}배 확대</translation>
    </message>
    <message>
        <source>turned by {degrees}°</source>
        <translation>{degrees}° 회전</translation>
    </message>
    <message>
        <source>brightness {value}</source>
        <translation>밝기 {value}</translation>
    </message>
    <message>
        <source>contrast {value}</source>
        <translation>대비 {value}</translation>
    </message>
    <message>
        <source>deinterlaced</source>
        <translation>디인터레이스</translation>
    </message>
    <message>
        <source>View only: {changes}</source>
        <translation>화면 표시만: {changes}</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>&amp;Wall</source>
        <translation>감시 화면(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Watch the cameras</source>
        <translation>카메라 감시(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Add a camera…</source>
        <translation>카메라 추가(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Change the camera…</source>
        <translation>카메라 바꾸기(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Zones of the camera…</source>
        <translation>카메라의 구역(&amp;Z)…</translation>
    </message>
    <message>
        <source>&amp;Remove the camera from the wall</source>
        <translation>감시 화면에서 카메라 제거(&amp;R)</translation>
    </message>
    <message>
        <source>One camera on the full &amp;screen</source>
        <translation>카메라 하나를 전체 화면으로(&amp;S)</translation>
    </message>
    <message>
        <source>Alarm &amp;rules…</source>
        <translation>경보 규칙(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Who is told of alarms…</source>
        <translation>경보를 받는 곳(&amp;W)…</translation>
    </message>
    <message>
        <source>S&amp;nooze all rules for 30 minutes</source>
        <translation>모든 규칙 30분 멈춤(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Acknowledge the alarm</source>
        <translation>경보 확인(&amp;A)</translation>
    </message>
    <message>
        <source>Acknowledge a&amp;ll alarms</source>
        <translation>모든 경보 확인(&amp;L)</translation>
    </message>
    <message>
        <source>Show the &amp;clip of the alarm</source>
        <translation>경보 영상 보기(&amp;C)</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>감시 화면</translation>
    </message>
    <message>
        <source>The wall has room for 16 cameras; remove one first.</source>
        <translation>감시 화면에는 카메라를 16대까지 둘 수 있습니다. 먼저 하나를 제거하세요.</translation>
    </message>
    <message>
        <source>There is no clip of this alarm: it is being recorded, was deleted, or the camera sent nothing.</source>
        <translation>이 경보의 영상이 없습니다. 아직 녹화 중이거나, 삭제되었거나, 카메라가 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>새 경보 {count}건</translation>
    </message>
    <message>
        <source>No alarm rules yet: nothing is alarmed of.</source>
        <translation>아직 경보 규칙이 없어 경보가 울리지 않습니다.</translation>
    </message>
    <message>
        <source>All rules are snoozed.</source>
        <translation>모든 규칙이 잠시 멈춰 있습니다.</translation>
    </message>
    <message>
        <source>{armed} of {count} rules armed</source>
        <translation>규칙 {count}개 중 {armed}개 경계 중</translation>
    </message>
    <message>
        <source>Watch cameras while it happens</source>
        <translation>일어나는 순간을 카메라로 지켜보세요</translation>
    </message>
    <message>
        <source>Add a camera by its address (rtsp://, http://, webcam:0), or a recording that is played as one. Scores run beneath each picture; alarms are raised by rules that you try on recordings first. A score is a lead, not a finding.</source>
        <translation>주소(rtsp://, http://, webcam:0)로 카메라를 추가하거나, 카메라처럼 재생할 녹화를 추가하세요. 화면마다 아래에 점수가 흐르고, 먼저 녹화에서 시험해 본 규칙이 경보를 울립니다. 점수는 단서일 뿐 결론이 아닙니다.</translation>
    </message>
    <message>
        <source>No alarms</source>
        <translation>경보 없음</translation>
    </message>
    <message>
        <source>What armed rules raise is listed here, with a clip from before it began.</source>
        <translation>경계 중인 규칙이 울린 경보가 시작 전부터의 영상과 함께 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Not watched</source>
        <translation>감시하지 않음</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>연결하는 중</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Picture stands still</source>
        <translation>화면이 멈춤</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>화면 없음</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>{rate} pictures/s</source>
        <translation>초당 {rate}장</translation>
    </message>
    <message>
        <source>{delay} s behind</source>
        <translation>{delay}초 지연</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count}장 건너뜀</translation>
    </message>
    <message>
        <source>lost {count} times</source>
        <translation>{count}번 끊김</translation>
    </message>
    <message>
        <source>Each camera is looked at every {every} s; that takes {load} % of {cores} cores.</source>
        <translation>카메라마다 {every}초에 한 번 분석하며, 코어 {cores}개의 {load}%를 씁니다.</translation>
    </message>
    <message>
        <source>More would be too much for this computer.</source>
        <translation>더 자주 보기에는 이 컴퓨터가 느립니다.</translation>
    </message>
    <message>
        <source>Unusual event</source>
        <translation>이상 상황</translation>
    </message>
    <message>
        <source>Violence</source>
        <translation>폭력</translation>
    </message>
    <message>
        <source>Theft</source>
        <translation>절도</translation>
    </message>
    <message>
        <source>New to the camera</source>
        <translation>이 카메라에 낯선 일</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>카메라 끊김</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>계속됨</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>snoozed until {time}</source>
        <translation>{time}까지 멈춤</translation>
    </message>
    <message>
        <source>armed</source>
        <translation>경계 중</translation>
    </message>
    <message>
        <source>Notification</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>소리</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>웹훅</translation>
    </message>
    <message>
        <source>MQTT, Home Assistant</source>
        <translation>MQTT, Home Assistant</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>전자 우편</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>기다림</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>보냄</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>포기함</translation>
    </message>
    <message>
        <source>There are no such scores to try it on: analyze recordings of the camera first.</source>
        <translation>시험해 볼 점수가 없습니다. 먼저 이 카메라의 녹화를 분석하세요.</translation>
    </message>
    <message>
        <source>This rule would have raised 1 alarm in {time} of recordings.</source>
        <translation>이 규칙은 녹화 {time} 동안 경보를 1번 울렸을 것입니다.</translation>
    </message>
    <message>
        <source>This rule would have raised {count} alarms in {time} of recordings.</source>
        <translation>이 규칙은 녹화 {time} 동안 경보를 {count}번 울렸을 것입니다.</translation>
    </message>
    <message>
        <source>Where the time of day is not known it was tried as if always on.</source>
        <translation>시각을 모르는 녹화에서는 항상 켜진 것으로 시험했습니다.</translation>
    </message>
    <message>
        <source>Its zone was left out: stored scores are of the whole picture.</source>
        <translation>저장된 점수는 화면 전체의 것이라 구역은 따지지 않았습니다.</translation>
    </message>
    <message>
        <source>ALARM  {camera}, {time}: {what}</source>
        <translation>경보  {camera}, {time}: {what}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>외 {count}건</translation>
    </message>
    <message>
        <source>{state}: {camera}, {time}, {what}, rule {rule}</source>
        <translation>{state}: {camera}, {time}, {what}, 규칙 {rule}</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새 경보</translation>
    </message>
    <message>
        <source>Seen by {name}</source>
        <translation>{name} 확인</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>확인함</translation>
    </message>
    <message>
        <source>ALARM</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Scores of {camera}</source>
        <translation>{camera}의 점수</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>아직 점수가 없습니다</translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message>
        <source>It sends pictures: {width} by {height}, {codec}.</source>
        <translation>화면이 옵니다: {width}×{height}, {codec}.</translation>
    </message>
    <message>
        <source>Alarm of {camera}, rule “{rule}”: the wall shows it.</source>
        <translation>{camera} 경보, 규칙 “{rule}”: 감시 화면에서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>An alarm could not be told: {why}</source>
        <translation>경보를 알리지 못했습니다: {why}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop recordings here</source>
        <translation>녹화 영상을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Video files or folders, as many as you like. crimeview looks through them and lists the moments worth looking at.</source>
        <translation>동영상 파일이나 폴더를 몇 개든 놓을 수 있습니다. crimeview가 훑어보고 살펴볼 만한 순간을 목록으로 보여 줍니다.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and the files themselves stay untouched.</source>
        <translation>아무것도 이 컴퓨터 밖으로 나가지 않으며, 원본 파일은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>New here? Five steps show what is where.</source>
        <translation>처음이신가요? 다섯 단계로 어디에 무엇이 있는지 보여 드립니다.</translation>
    </message>
</context>
<context>
    <name>WhyBar</name>
    <message>
        <source>Why here</source>
        <translation>왜 여기인가</translation>
    </message>
    <message>
        <source>What the score rests on</source>
        <translation>점수의 근거</translation>
    </message>
    <message>
        <source>What this cannot tell</source>
        <translation>이것으로 알 수 없는 것</translation>
    </message>
    <message>
        <source>Progress of the explanation</source>
        <translation>설명 진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Put the explanation away</source>
        <translation>설명 닫기</translation>
    </message>
    <message>
        <source>Looking for the part of the picture that drives the score …</source>
        <translation>점수를 만드는 화면 부분을 찾는 중 …</translation>
    </message>
</context>
<context>
    <name>WhyText</name>
    <message>
        <source>This tells what the network reacted to, not what happened, and not whether that matters. One part of the picture at a time was held still and the score taken again: parts that only matter together stay hidden.</source>
        <translation>이것은 신경망이 무엇에 반응했는지를 알려 줄 뿐, 무슨 일이 있었는지나 그것이 중요한지는 알려 주지 않습니다. 화면을 한 부분씩 멈춰 놓고 점수를 다시 구했으므로, 함께 있어야만 영향을 주는 부분은 드러나지 않습니다.</translation>
    </message>
    <message>
        <source>The network sees {percent} % of the picture, its middle.</source>
        <translation>신경망은 화면 가운데 {percent}%만 봅니다.</translation>
    </message>
    <message>
        <source>the upper left</source>
        <translation>왼쪽 위</translation>
    </message>
    <message>
        <source>the upper middle</source>
        <translation>가운데 위</translation>
    </message>
    <message>
        <source>the upper right</source>
        <translation>오른쪽 위</translation>
    </message>
    <message>
        <source>the left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>the middle</source>
        <translation>가운데</translation>
    </message>
    <message>
        <source>the right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>the lower left</source>
        <translation>왼쪽 아래</translation>
    </message>
    <message>
        <source>the lower middle</source>
        <translation>가운데 아래</translation>
    </message>
    <message>
        <source>the lower right</source>
        <translation>오른쪽 아래</translation>
    </message>
    <message>
        <source>The score of {score} comes in good part from {place} of the picture: if nothing moved there, it would be {without}.</source>
        <translation>점수 {score}의 상당 부분은 화면 {place}에서 나옵니다. 그곳에 움직임이 없다면 {without}입니다.</translation>
    </message>
    <message>
        <source>The score of {score} comes mostly from {place} of the picture: if nothing moved there, it would be {without}.</source>
        <translation>점수 {score}은(는) 대부분 화면 {place}에서 나옵니다. 그곳에 움직임이 없다면 {without}입니다.</translation>
    </message>
    <message>
        <source>No single part of the picture drives the score of {score}: whichever is held still, it stays at {without} or above. If nothing moved at all, it would be {still}.</source>
        <translation>점수 {score}을(를) 만드는 한 부분이 따로 없습니다. 어느 부분을 멈춰도 {without} 이상입니다. 아무것도 움직이지 않으면 {still}입니다.</translation>
    </message>
    <message>
        <source>It rests on one clip, {span}.</source>
        <translation>클립 하나({span})에서 나온 점수입니다.</translation>
    </message>
    <message>
        <source>The highest of its {count} clips is {span}.</source>
        <translation>클립 {count}개 중 가장 높은 것은 {span}입니다.</translation>
    </message>
    <message>
        <source>The highest clip is {span}; {over} of {count} reach the threshold.</source>
        <translation>가장 높은 클립은 {span}이며, {count}개 중 {over}개가 임계값에 이릅니다.</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Recent cases</source>
        <translation>최근 사건(&amp;R)</translation>
    </message>
    <message>
        <source>Case &amp;settings…</source>
        <translation>사건 설정(&amp;S)…</translation>
    </message>
    <message>
        <source>Find &amp;missing recordings…</source>
        <translation>사라진 녹화 영상 찾기(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Export decisions for training…</source>
        <translation>학습용으로 판정 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Open recordings…</source>
        <translation>녹화 영상 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a &amp;folder…</source>
        <translation>폴더 열기(&amp;F)…</translation>
    </message>
    <message>
        <source>Open a &amp;case…</source>
        <translation>사건 열기(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;New case…</source>
        <translation>새 사건(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Remove the recording from the case</source>
        <translation>사건에서 녹화 영상 제거(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>설정(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Analysis</source>
        <translation>분석(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Analyze what is left</source>
        <translation>남은 영상 분석(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>멈춤(&amp;S)</translation>
    </message>
    <message>
        <source>Analyze the &amp;recording again</source>
        <translation>녹화 영상 다시 분석(&amp;R)</translation>
    </message>
    <message>
        <source>Analyze recordings when they are &amp;opened</source>
        <translation>열 때 바로 분석(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>전체 화면(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Everything where it was at first</source>
        <translation>모든 것을 처음 위치로(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Same as the desktop</source>
        <translation>시스템 언어와 같게(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>명령 찾기(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Change keys…</source>
        <translation>키 바꾸기(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Tour in five steps</source>
        <translation>다섯 단계 둘러보기(&amp;T)</translation>
    </message>
    <message>
        <source>Show the &amp;log…</source>
        <translation>로그 보기(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>이동(&amp;G)</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Something went wrong in crimeview; {path} says what.</source>
        <translation>crimeview에 문제가 생겼습니다. 자세한 내용은 {path}에 있습니다.</translation>
    </message>
</context>
<context>
    <name>ZoneDialog</name>
    <message>
        <source>Zones of {name}</source>
        <translation>{name}의 구역</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>구역</translation>
    </message>
    <message>
        <source>door</source>
        <translation>문</translation>
    </message>
    <message>
        <source>Give the zone a name.</source>
        <translation>구역의 이름을 적으세요.</translation>
    </message>
    <message>
        <source>Add the &amp;zone</source>
        <translation>구역 추가(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>제거(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Corners</source>
        <translation>꼭짓점(&amp;C)</translation>
    </message>
    <message>
        <source>Click three corners or more, or write them as shares of the picture&apos;s width and height. A zone is scored by itself, which takes as long as another camera.</source>
        <translation>꼭짓점을 세 개 이상 누르거나, 화면 너비와 높이에 대한 비율로 적으세요. 구역은 따로 점수를 매기므로 카메라 한 대만큼 더 걸립니다.</translation>
    </message>
    <message>
        <source>Picture of the camera</source>
        <translation>카메라 화면</translation>
    </message>
</context>
</TS>
