<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AlarmSetup</name>
    <message>
        <source>New rule</source>
        <translation>새 규칙</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>A change is not saved.</source>
        <translation>저장하지 않은 변경 사항이 1개 있습니다.</translation>
    </message>
    <message>
        <source>{count} changes are not saved.</source>
        <translation>저장하지 않은 변경 사항이 {count}개 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>버리기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
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
        <source>There is no such file.</source>
        <translation>그런 파일이 없습니다.</translation>
    </message>
    <message>
        <source>A recording to play as a camera</source>
        <translation>카메라처럼 재생할 녹화 영상</translation>
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
        <translation>카메라 설명서에 나온 rtsp:// 또는 http:// 주소, webcam:0, 또는 동영상 파일입니다. 암호는 이 컴퓨터의 키링에만 보관됩니다.</translation>
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
        <source>Exported {count} of {total} clips; they and their labels are in {folder}.</source>
        <translation>클립 {total}개 중 {count}개를 내보냈습니다. 클립과 라벨은 {folder}에 있습니다.</translation>
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
        <translation>시간대와 보정을 이 카메라의 모든 녹화 영상에 적용(&amp;A)</translation>
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
        <translation>선택한 녹화 영상 옆에 최대 {count}개까지, 카메라 시각이 같은 순간을 보여 줍니다.</translation>
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
        <translation>이 녹화 영상의 시각</translation>
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
        <translation>이 녹화 영상은 끝났습니다. 두 녹화 영상은 처음부터 함께 재생했습니다.</translation>
    </message>
    <message>
        <source>{time}, not in sync</source>
        <translation>{time}, 동기화 안 됨</translation>
    </message>
    <message>
        <source>When these recordings were made is not known well enough: both begin together. Give their times under “Camera and time”.</source>
        <translation>녹화 시각을 정확히 알 수 없어 처음부터 함께 재생합니다. “카메라와 시각”에서 시각을 입력하세요.</translation>
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
        <source>&amp;Discard</source>
        <translation>버리기(&amp;D)</translation>
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
        <source>What was written is not saved: save or discard it first.</source>
        <translation>작성한 내용을 아직 저장하지 않았습니다. 먼저 저장하거나 버리세요.</translation>
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
        <source>PEM, for a certificate of your own authority</source>
        <translation>직접 운영하는 인증 기관의 인증서(PEM)</translation>
    </message>
    <message>
        <source>&amp;CA file</source>
        <translation>인증 기관 파일(&amp;C)</translation>
    </message>
    <message>
        <source>unchanged, in the keyring</source>
        <translation>그대로 둠(키링에 있음)</translation>
    </message>
</context>
<context>
    <name>DialogParts</name>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
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
        <source>Let go to add {count} files and folders</source>
        <translation>놓으면 파일과 폴더 {count}개를 추가합니다</translation>
    </message>
    <message>
        <source>Let go to open</source>
        <translation>놓으면 열립니다</translation>
    </message>
    <message>
        <source>Let go to open the case {name}</source>
        <translation>놓으면 사건 {name}을(를) 엽니다</translation>
    </message>
    <message>
        <source>Let go to open the library {name}</source>
        <translation>놓으면 라이브러리 {name}을(를) 엽니다</translation>
    </message>
    <message>
        <source>Let go to take the package {name} into the library</source>
        <translation>놓으면 패키지 {name}을(를) 라이브러리에 넣습니다</translation>
    </message>
    <message>
        <source>Let go to import the model {name}</source>
        <translation>놓으면 모델 {name}을(를) 가져옵니다</translation>
    </message>
    <message>
        <source>Let go to shade what really happened, as in {name}</source>
        <translation>놓으면 {name}에 적힌 실제로 일어난 일을 음영으로 표시합니다</translation>
    </message>
    <message>
        <source>Let go to add {name}</source>
        <translation>놓으면 {name}을(를) 추가합니다</translation>
    </message>
</context>
<context>
    <name>EditEffects</name>
    <message>
        <source>Suggesting types anew</source>
        <translation>유형을 다시 제안하는 중</translation>
    </message>
    <message>
        <source>Finding anew what is unusual</source>
        <translation>이례적인 것을 다시 찾는 중</translation>
    </message>
</context>
<context>
    <name>EditText</name>
    <message>
        <source>Made again: {what}</source>
        <translation>다시 실행함: {what}</translation>
    </message>
    <message>
        <source>Undid: {what}</source>
        <translation>실행 취소함: {what}</translation>
    </message>
    <message>
        <source>camera and time of {recordings}</source>
        <translation>{recordings}의 카메라와 시각</translation>
    </message>
    <message>
        <source>ground truth of {recordings}</source>
        <translation>{recordings}의 정답</translation>
    </message>
    <message>
        <source>the rule “{name}”</source>
        <translation>기준 “{name}”</translation>
    </message>
    <message>
        <source>what the camera was taught</source>
        <translation>카메라에 가르친 것</translation>
    </message>
    <message>
        <source>which camera a recording is compared with</source>
        <translation>녹화 영상을 비교할 카메라</translation>
    </message>
    <message>
        <source>the name of a camera</source>
        <translation>카메라 이름</translation>
    </message>
    <message>
        <source>what was learned of types</source>
        <translation>유형 학습</translation>
    </message>
    <message>
        <source>forgetting what was learned of types</source>
        <translation>학습한 유형 지우기</translation>
    </message>
    <message>
        <source>the name “{name}” of a cluster</source>
        <translation>군집 이름 “{name}”</translation>
    </message>
    <message>
        <source>taking back the name “{name}” of a cluster</source>
        <translation>군집 이름 “{name}” 되돌리기</translation>
    </message>
    <message>
        <source>the camera “{name}” of the wall</source>
        <translation>감시 화면의 카메라 “{name}”</translation>
    </message>
    <message>
        <source>cameras of the wall: {names}</source>
        <translation>감시 화면의 카메라: {names}</translation>
    </message>
    <message>
        <source>forgetting what the camera was taught</source>
        <translation>카메라에 가르친 것 잊기</translation>
    </message>
    <message>
        <source>the alarm rule “{name}”</source>
        <translation>경보 규칙 “{name}”</translation>
    </message>
    <message>
        <source>{count} alarm rules</source>
        <translation>경보 규칙 {count}개</translation>
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
        <source>Duplicates</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>List marked duplicates, too, which searches leave out.</source>
        <translation>중복으로 지정되어 검색에서 빠지는 구간도 표시합니다.</translation>
    </message>
    <message>
        <source>Show all recordings</source>
        <translation>모든 녹화 영상 보기</translation>
    </message>
    <message>
        <source>Only segments of one recording are listed now.</source>
        <translation>지금은 한 녹화 영상의 구간만 표시되어 있습니다.</translation>
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
        <translation>구간의 장면</translation>
    </message>
    <message>
        <source>as 2026-11-29 22:15</source>
        <translation>예: 2026-11-29 22:15</translation>
    </message>
    <message>
        <source>It is no duplicate</source>
        <translation>중복이 아님</translation>
    </message>
    <message>
        <source>Searches leave it out as long as it is marked as one.</source>
        <translation>중복으로 표시되어 있는 동안 검색에서 빠집니다.</translation>
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
        <source>&amp;Date</source>
        <translation>날짜(&amp;D)</translation>
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
        <source>Shows the same as segment {number}</source>
        <translation>구간 {number}과(와) 같은 것을 보여 줍니다</translation>
    </message>
    <message>
        <source>With a copy of the recording&apos;s piece</source>
        <translation>녹화 영상 일부의 사본 있음</translation>
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
        <translation>{name} 저장하는 중</translation>
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
    <name>GraphBuilding</name>
    <message>
        <source>The graph is built; it is searched from now on.</source>
        <translation>그래프를 만들었습니다. 이제부터 그래프로 검색합니다.</translation>
    </message>
    <message>
        <source>Building the graph was stopped. What is built is kept; it goes on from there.</source>
        <translation>그래프 만들기를 중지했습니다. 만든 부분은 보관되며 다음에 거기서부터 이어집니다.</translation>
    </message>
</context>
<context>
    <name>GraphRow</name>
    <message>
        <source>Progress of building the graph</source>
        <translation>그래프 만들기 진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop building the graph</source>
        <translation>그래프 만들기 중지</translation>
    </message>
    <message>
        <source>Building the graph; searches go on</source>
        <translation>그래프를 만드는 중입니다. 검색은 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>So many segments are found sooner by a graph.</source>
        <translation>구간이 이렇게 많으면 그래프로 더 빨리 찾을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>GroundTruth</name>
    <message>
        <source>Ground truth is taken away. Recordings that had some: {count}.</source>
        <translation>정답을 없앴습니다. 정답이 있던 녹화 영상: {count}개.</translation>
    </message>
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
        <source>Taking the name back</source>
        <translation>이름을 되돌리는 중</translation>
    </message>
    <message>
        <source>Looking for names</source>
        <translation>이름을 찾는 중</translation>
    </message>
    <message>
        <source>Looking what the names suggest</source>
        <translation>이름이 제안하는 유형을 찾는 중</translation>
    </message>
    <message>
        <source>The comparison failed; the log says why.</source>
        <translation>비교에 실패했습니다. 이유는 로그에 있습니다.</translation>
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
        <source>FINCH</source>
        <translation>FINCH</translation>
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
        <source>cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>Ward</source>
        <translation>워드</translation>
    </message>
    <message>
        <source>GMM</source>
        <translation>GMM</translation>
    </message>
    <message>
        <source>FINCH. There is no row for SLIC unless you have trained a projection by it for these vectors: none comes with the program, since it found nothing more in its own features.</source>
        <translation>FINCH. 이 벡터에 맞는 SLIC 투영을 직접 학습하지 않았다면 SLIC 행은 없습니다. 프로그램의 특징에서는 SLIC이 더 찾아낸 것이 없어 함께 제공하지 않습니다.</translation>
    </message>
    <message>
        <source>{vectors}, by {projection}</source>
        <translation>{vectors}, {projection} 사용</translation>
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
        <source>&amp;Take the name back</source>
        <translation>이름 되돌리기(&amp;T)</translation>
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
    <name>GuideDialog</name>
    <message>
        <source>Guide</source>
        <translation>안내서</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>뒤로(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>차례(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>“{name}” cannot be shown here.</source>
        <translation>“{name}”은(는) 여기에서 볼 수 없습니다.</translation>
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
        <source>Build the graph for searching</source>
        <translation>검색용 그래프 만들기</translation>
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
        <translation>여기에 추가한 구간은 몇 년 뒤 다른 사건에서도 새 클립으로 다시 찾을 수 있습니다. 이 사건의 구간을 추가하거나 동료와 함께 쓰는 라이브러리를 여세요.</translation>
    </message>
    <message>
        <source>The chosen segments</source>
        <translation>선택한 구간</translation>
    </message>
    <message>
        <source>All of the selected recording</source>
        <translation>선택한 녹화 영상의 모든 구간</translation>
    </message>
    <message>
        <source>All confirmed ones of the case</source>
        <translation>사건에서 확정된 모든 구간</translation>
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
        <translation>라이브러리에서 {segments}를 제거할까요?</translation>
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
        <translation>녹화 영상의 해당 부분도 사본으로 보관(&amp;R)</translation>
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
        <source>says nothing of types</source>
        <translation>유형이 나뉜다는 뜻은 아님</translation>
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
        <source>{count} of a library this large left out</source>
        <translation>라이브러리가 커서 {count}개 생략</translation>
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
        <translation>녹화 영상을 분석하세요. 찾아낸 구간마다 점이 되고, 비슷하게 보이는 것끼리 가까이 놓입니다. 구간이 {count}개 이상이면 지도가 됩니다.</translation>
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
        <source>Hold Shift and draw round some points, or press {lasso} and drag. Ctrl and a click, or Space, chooses one.</source>
        <translation>Shift를 누른 채 점들을 둘러 그리거나, {lasso} 키를 누르고 끄세요. Ctrl을 누르고 클릭하거나 스페이스를 누르면 하나를 선택합니다.</translation>
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
        <source>Opening the library</source>
        <translation>라이브러리를 여는 중</translation>
    </message>
    <message>
        <source>No library is open. Open one on the library page, or add to it there.</source>
        <translation>열린 라이브러리가 없습니다. 라이브러리 페이지에서 열거나 그곳에서 추가하세요.</translation>
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
        <translation>녹화 영상</translation>
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
        <source>Outcome</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>찾은 주체</translation>
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
        <source>Marked by a person</source>
        <translation>사람이 표시함</translation>
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
        <source>{kind} (suggested)</source>
        <translation>{kind}(제안)</translation>
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
        <source>the same, encoded anew</source>
        <translation>같은 영상(다시 인코딩됨)</translation>
    </message>
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
        <source>the same</source>
        <translation>같은 영상</translation>
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
        <translation>측정 진행률</translation>
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
        <source>All that was missing is found: {found}.</source>
        <translation>사라졌던 {found}개를 모두 찾았습니다.</translation>
    </message>
    <message>
        <source>Found {found} of {total}; {missing} still missing.</source>
        <translation>{total}개 중 {found}개를 찾았고 {missing}개는 아직 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>Nothing was found there; {missing} still missing.</source>
        <translation>그곳에서 찾은 것이 없습니다. {missing}개가 아직 없습니다.</translation>
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
        <translation>사라진 녹화 영상이 없음</translation>
    </message>
    <message>
        <source>Add a camera first</source>
        <translation>먼저 카메라를 추가하세요</translation>
    </message>
    <message>
        <source>Nothing was found yet</source>
        <translation>아직 찾은 것이 없습니다</translation>
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
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Violence</source>
        <translation>폭력</translation>
    </message>
    <message>
        <source>Theft?</source>
        <translation>절도?</translation>
    </message>
    <message>
        <source>Unusual</source>
        <translation>이례적</translation>
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
        <source>looks like violence</source>
        <translation>폭력으로 보임</translation>
    </message>
    <message>
        <source>moves like a staged theft, which is not shown to find thefts in real stores</source>
        <translation>연출된 절도와 비슷하게 움직임(실제 매장의 절도를 찾는다고 입증되지 않음)</translation>
    </message>
    <message>
        <source>unusual for this camera</source>
        <translation>이 카메라에서 이례적</translation>
    </message>
    <message>
        <source>about {number} like it are expected in an hour of quiet</source>
        <translation>시간당 약 {number}건이 예상됨</translation>
    </message>
    <message>
        <source>fewer than one like it is expected in ten hours of quiet</source>
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
    <name>Obstacle</name>
    <message>
        <source>It raises nothing yet: the wall has no camera.</source>
        <translation>감시 화면에 카메라가 없어 아직 경보를 울리지 않습니다.</translation>
    </message>
    <message>
        <source>It raises nothing: {cameras} is not on the wall. Choose a camera that is.</source>
        <translation>경보를 울리지 않습니다. {cameras} 카메라가 감시 화면에 없습니다. 감시 화면에 있는 카메라를 고르세요.</translation>
    </message>
    <message>
        <source>It raises nothing of {cameras}, which is not on the wall.</source>
        <translation>감시 화면에 없는 {cameras} 카메라에 대해서는 경보를 울리지 않습니다.</translation>
    </message>
    <message>
        <source>It raises nothing of {cameras}, of which nothing was learned.</source>
        <translation>배운 것이 없는 {cameras} 카메라에 대해서는 경보를 울리지 않습니다.</translation>
    </message>
    <message>
        <source>It raises nothing: “{track}” is not scored while cameras are watched.</source>
        <translation>경보를 울리지 않습니다. 감시하는 동안에는 “{track}” 점수를 매기지 않습니다.</translation>
    </message>
    <message>
        <source>It raises nothing: “{track}” is scored of whole pictures only. Choose the whole picture.</source>
        <translation>경보를 울리지 않습니다. “{track}” 점수는 화면 전체에 대해서만 매깁니다. 화면 전체를 고르세요.</translation>
    </message>
    <message>
        <source>It raises nothing: none of its cameras has a zone {zone}. Mark one, or choose the whole picture.</source>
        <translation>경보를 울리지 않습니다. {zone} 구역이 있는 카메라가 없습니다. 구역을 표시하거나 화면 전체를 고르세요.</translation>
    </message>
    <message>
        <source>It raises nothing: the models that score “{track}” are not there. Fetch them: crimeview models fetch pose.</source>
        <translation>경보를 울리지 않습니다. “{track}” 점수를 매길 모델이 없습니다. 다음 명령으로 받으세요: crimeview models fetch pose.</translation>
    </message>
    <message>
        <source>It raises nothing: nothing was learned of {cameras}. Analyze recordings, and give what was learned the camera&apos;s name.</source>
        <translation>경보를 울리지 않습니다. {cameras} 카메라에 대해 배운 것이 없습니다. 녹화 영상을 분석한 뒤 배운 것에 이 카메라의 이름을 붙이세요.</translation>
    </message>
    <message>
        <source>It raises nothing of {cameras}, which has no zone {zone}.</source>
        <translation>{zone} 구역이 없는 {cameras} 카메라에 대해서는 경보를 울리지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Open a case or a library by itself, without anything else.</source>
        <translation>사건이나 라이브러리는 다른 것 없이 하나만 여세요.</translation>
    </message>
    <message>
        <source>Open a library first, or add segments to one; then open the package again.</source>
        <translation>먼저 라이브러리를 열거나 구간을 추가한 다음 패키지를 다시 여세요.</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>{name} 가져오는 중</translation>
    </message>
    <message>
        <source>Imported: {names}. “crimeview models show” tells what it can do.</source>
        <translation>가져왔습니다: {names}. “crimeview models show” 명령이 무엇을 할 수 있는지 알려 줍니다.</translation>
    </message>
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
    <name>Picture</name>
    <message>
        <source>Motion region</source>
        <translation>움직임 영역</translation>
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
        <translation>녹화 영상에 표시된 경우</translation>
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
    <name>ProjectionChoice</name>
    <message>
        <source>What segments are compared by</source>
        <translation>구간을 비교하는 기준</translation>
    </message>
    <message>
        <source>What segments are compared by: features as they are, or a trained projection of them (SLIC needs no types, others were trained by types)</source>
        <translation>구간을 비교하는 기준입니다. 특징 그대로, 또는 학습된 투영을 씁니다(SLIC은 유형이 필요 없고, 다른 것은 유형으로 학습했습니다)</translation>
    </message>
    <message>
        <source>Features as they are</source>
        <translation>특징 그대로</translation>
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
    <name>RecordingDialog</name>
    <message>
        <source>Recording around alarms</source>
        <translation>경보 전후 녹화</translation>
    </message>
    <message>
        <source>&amp;Keep what cameras show around alarms</source>
        <translation>경보 전후의 카메라 영상을 보관(&amp;K)</translation>
    </message>
    <message>
        <source>never</source>
        <translation>삭제 안 함</translation>
    </message>
    <message>
        <source>without limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
    <message>
        <source> days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Seconds &amp;before an alarm</source>
        <translation>경보 이전(&amp;B)</translation>
    </message>
    <message>
        <source>Seconds &amp;after it</source>
        <translation>경보 이후(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Delete clips after</source>
        <translation>클립 삭제 시점(&amp;D)</translation>
    </message>
    <message>
        <source>All clips to&amp;gether at most</source>
        <translation>모든 클립의 최대 용량(&amp;G)</translation>
    </message>
    <message>
        <source>Clips are kept in the case as the camera sent them. Deleted are the oldest of those that nobody has confirmed, dismissed or noted.</source>
        <translation>클립은 카메라가 보낸 그대로 사건에 보관됩니다. 아무도 확정하거나 기각하거나 메모하지 않은 클립 중 가장 오래된 것부터 삭제합니다.</translation>
    </message>
    <message>
        <source>It holds from the next start of watching.</source>
        <translation>다음에 감시를 시작할 때부터 적용됩니다.</translation>
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
        <translation>카메라의 이례성 표시(&amp;U)</translation>
    </message>
    <message>
        <source>Show how like a staged &amp;theft somebody moves</source>
        <translation>연출된 절도와 비슷한 움직임 표시(&amp;T)</translation>
    </message>
    <message>
        <source>Show how much of the picture &amp;moves</source>
        <translation>화면이 얼마나 움직이는지 표시(&amp;M)</translation>
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
        <source>Take ground truth a&amp;way</source>
        <translation>정답 없애기(&amp;W)</translation>
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
        <translation>곡선에 보이는 범위에서 배우기(&amp;L)</translation>
    </message>
    <message>
        <source>Learn fro&amp;m a recording…</source>
        <translation>녹화 영상에서 배우기(&amp;M)…</translation>
    </message>
    <message>
        <source>Compare wi&amp;th another camera…</source>
        <translation>다른 카메라와 비교(&amp;T)…</translation>
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
        <translation>사람과 자세 표시(&amp;H)</translation>
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
        <source>Rank</source>
        <translation>순위</translation>
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
        <source>Marked by</source>
        <translation>표시한 주체</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>찾은 주체</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
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
        <translation>단서의 기준</translation>
    </message>
    <message>
        <source>Camera and time</source>
        <translation>카메라와 시각</translation>
    </message>
    <message>
        <source>Rule by name</source>
        <translation>저장한 기준</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Teach the camera</source>
        <translation>카메라에 가르치기</translation>
    </message>
    <message>
        <source>Forget what was taught</source>
        <translation>가르친 것 잊기</translation>
    </message>
    <message>
        <source>Alarm rules</source>
        <translation>경보 규칙</translation>
    </message>
    <message>
        <source>Learn types</source>
        <translation>유형 학습</translation>
    </message>
    <message>
        <source>Forget learned types</source>
        <translation>학습한 유형 지우기</translation>
    </message>
    <message>
        <source>Compare with another camera</source>
        <translation>다른 카메라와 비교</translation>
    </message>
    <message>
        <source>Name a cluster</source>
        <translation>군집 이름 지정</translation>
    </message>
    <message>
        <source>Take the name of a cluster back</source>
        <translation>군집 이름 되돌리기</translation>
    </message>
    <message>
        <source>Rename the camera</source>
        <translation>카메라 이름 변경</translation>
    </message>
    <message>
        <source>Cameras of the wall</source>
        <translation>감시 화면의 카메라</translation>
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
        <source>Press {begin} where the segment begins, then {end} at its end.</source>
        <translation>구간이 시작하는 곳에서 {begin}, 끝나는 곳에서 {end} 키를 누르세요.</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>The whole picture</source>
        <translation>화면 전체</translation>
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
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Track</source>
        <translation>점수 종류(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;hreshold</source>
        <translation>임계값(&amp;H)</translation>
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
        <source>&amp;Cameras (none: all)</source>
        <translation>카메라(비우면 전체)(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Zone</source>
        <translation>구역(&amp;Z)</translation>
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
        <source>Tell who&amp;m</source>
        <translation>알릴 곳(&amp;M)</translation>
    </message>
</context>
<context>
    <name>RuleOutcome</name>
    <message>
        <source>On which recordings it is tried</source>
        <translation>시험할 녹화 영상</translation>
    </message>
    <message>
        <source>Of a time only recordings are tried whose time of day is known.</source>
        <translation>기간을 고르면 촬영 시각을 아는 녹화 영상으로만 시험합니다.</translation>
    </message>
    <message>
        <source>What it would have raised</source>
        <translation>울렸을 경보</translation>
    </message>
    <message>
        <source>Trying the rule …</source>
        <translation>규칙을 시험하는 중…</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>불확실</translation>
    </message>
</context>
<context>
    <name>RulePanel</name>
    <message>
        <source>&amp;Threshold</source>
        <translation>임계값(&amp;T)</translation>
    </message>
    <message>
        <source>A lead begins where the network’s score reaches this. Leads of violence and novelty begin by what this camera’s quiet time shows.</source>
        <translation>신경망의 점수가 이 값에 이르면 단서가 시작됩니다. 폭력과 이례성의 단서는 이 카메라의 조용한 시간을 기준으로 시작됩니다.</translation>
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
    <name>RuleTable</name>
    <message>
        <source>Sort by it: click, or Alt with the arrow keys</source>
        <translation>이 열로 정렬: 클릭하거나 Alt와 화살표 키</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>점수 종류</translation>
    </message>
    <message>
        <source>From</source>
        <translation>임계값</translation>
    </message>
    <message>
        <source>Ends below</source>
        <translation>끝나는 값</translation>
    </message>
    <message>
        <source>High for</source>
        <translation>지속</translation>
    </message>
    <message>
        <source>Then quiet</source>
        <translation>쉬는 시간</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>구역</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>시간표</translation>
    </message>
    <message>
        <source>Would have raised</source>
        <translation>울렸을 경보</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>always</source>
        <translation>항상</translation>
    </message>
    <message>
        <source>⚠ {state}, raises nothing</source>
        <translation>⚠ {state}, 울리지 않음</translation>
    </message>
    <message>
        <source>⚠ {state}, not of all</source>
        <translation>⚠ {state}, 일부 제외</translation>
    </message>
    <message>
        <source>{state}, not saved</source>
        <translation>{state}, 저장 안 됨</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Alt with the arrow keys sorts it; Enter changes the chosen rule.</source>
        <translation>Alt와 화살표 키로 정렬하고, Enter로 고른 규칙을 바꿉니다.</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Alarm rules</source>
        <translation>경보 규칙</translation>
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
        <source>New r&amp;ule</source>
        <translation>새 규칙(&amp;U)</translation>
    </message>
    <message>
        <source>R&amp;emove</source>
        <translation>제거(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>A rule raises an alarm when the score of a camera is high for long enough. Make one, see what it would have raised in your recordings, and arm it.</source>
        <translation>카메라의 점수가 충분히 오래 높으면 규칙이 경보를 울립니다. 규칙을 만들어 녹화 영상에서 몇 번 울렸을지 확인한 뒤 경계를 켜세요.</translation>
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
        <source>Nothing unusual for this camera was found here, and networks do not learn; dismiss it instead.</source>
        <translation>여기서는 이 카메라에서 이례적인 것을 찾지 못했으며, 신경망은 새로 배우지 않습니다. 대신 기각하세요.</translation>
    </message>
    <message>
        <source>Learning that this is normal here</source>
        <translation>여기서는 정상임을 배우는 중</translation>
    </message>
    <message>
        <source>Learning from {span} of this recording</source>
        <translation>이 녹화 영상의 {span} 범위에서 배우는 중</translation>
    </message>
    <message>
        <source>Forgetting what was taught to this camera</source>
        <translation>이 카메라에 가르친 것을 잊는 중</translation>
    </message>
    <message>
        <source>Forgotten. What is unusual in “{camera}” was found anew.</source>
        <translation>잊었습니다. “{camera}”에서 이례적인 것을 다시 찾았습니다.</translation>
    </message>
    <message>
        <source>Comparing with another camera</source>
        <translation>다른 카메라와 비교하는 중</translation>
    </message>
    <message>
        <source>Learning from a recording</source>
        <translation>녹화 영상에서 배우는 중</translation>
    </message>
    <message>
        <source>Learned. What is unusual in “{camera}” was found anew.</source>
        <translation>배웠습니다. “{camera}”에서 이례적인 것을 다시 찾았습니다.</translation>
    </message>
</context>
<context>
    <name>SceneDialogs</name>
    <message>
        <source>What {name} is compared with</source>
        <translation>{name} 비교 대상</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>A camera of its own</source>
        <translation>별도의 카메라로 두기</translation>
    </message>
    <message>
        <source>north gate</source>
        <translation>북문</translation>
    </message>
    <message>
        <source>What is unusual in a recording is told by what the recordings of its camera have shown. The camera that you choose learns from this one as well, and what is unusual is found anew in all of them.</source>
        <translation>무엇이 이례적인지는 같은 카메라의 녹화 영상에서 본 것을 기준으로 판단합니다. 선택한 카메라는 이 녹화 영상에서도 배우며, 그 카메라의 모든 녹화 영상에서 이례적인 것을 다시 찾습니다.</translation>
    </message>
    <message>
        <source>Compare anew</source>
        <translation>다시 비교</translation>
    </message>
    <message>
        <source>&amp;Name of the new camera</source>
        <translation>새 카메라 이름(&amp;N)</translation>
    </message>
    <message>
        <source>There is a camera “{name}” already.</source>
        <translation>“{name}” 카메라가 이미 있습니다.</translation>
    </message>
    <message>
        <source>Give the new camera a name.</source>
        <translation>새 카메라의 이름을 입력하세요.</translation>
    </message>
    <message>
        <source>Learn what is usual for “{camera}”</source>
        <translation>“{camera}”의 평소 모습 배우기</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>All that the recording shows is learned as usual, and what is unusual is found anew in all recordings of the camera. A recording of another camera becomes one of this one.</source>
        <translation>녹화 영상에 보이는 모든 것을 평소 모습으로 배우고, 카메라의 모든 녹화 영상에서 이례적인 것을 다시 찾습니다. 다른 카메라의 녹화 영상은 이 카메라의 녹화 영상이 됩니다.</translation>
    </message>
    <message>
        <source>Learn from it</source>
        <translation>이 녹화 영상에서 배우기</translation>
    </message>
    <message>
        <source>its camera now</source>
        <translation>현재 카메라</translation>
    </message>
    <message>
        <source>its picture has another shape</source>
        <translation>화면 비율이 다름</translation>
    </message>
    <message>
        <source>looks different</source>
        <translation>배경이 다름</translation>
    </message>
    <message>
        <source>of “{camera}” now</source>
        <translation>현재 “{camera}”의 녹화 영상</translation>
    </message>
    <message>
        <source>What stands still in them does not look the same. If it is another view, all of it will be unusual.</source>
        <translation>움직이지 않는 배경이 서로 다르게 보입니다. 다른 곳을 비추는 녹화 영상이라면 모든 것이 이례적으로 나타납니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>SceneOverlay</name>
    <message>
        <source>What is unusual in the picture</source>
        <translation>화면에서 이례적인 것</translation>
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
        <source>How probable it is that the frame shows violence, were such frames as frequent as others. It makes leads where it is so high that two such an hour of this camera’s quiet time are to be expected; no threshold of yours changes that.</source>
        <translation>폭력 장면과 그 밖의 장면이 똑같이 흔하다고 볼 때 이 프레임이 폭력을 보여 줄 확률입니다. 이 카메라의 조용한 시간에 한 시간에 두 번꼴로만 나올 만큼 높을 때 단서가 되며, 직접 정한 임계값과는 상관없습니다.</translation>
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
        <source>How much somebody moves like the staged thefts that the network was trained on: a hint at where to look, not shown to find thefts in real stores. Recordings that were analyzed with this chosen in the settings have it.</source>
        <translation>신경망이 학습한 연출된 절도와 움직임이 얼마나 비슷한지 나타냅니다. 어디를 볼지 알려 주는 참고일 뿐, 실제 매장의 절도를 찾는다고 입증되지 않았습니다. 설정에서 이 항목을 선택하고 분석한 녹화 영상에만 있습니다.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>움직임</translation>
    </message>
    <message>
        <source>Share of the picture that moves</source>
        <translation>화면에서 움직이는 부분의 비율</translation>
    </message>
    <message>
        <source>How much of the picture moves, drawn as its square root: a person far away is seen too, and a quarter of the picture reaches half the height. It makes no leads. Recordings have it that were analyzed for what is unusual for their camera; those of before, as soon as they are analyzed again or the camera is taught something.</source>
        <translation>화면에서 움직이는 부분의 비율입니다. 멀리 있는 사람도 보이도록 제곱근으로 그리므로, 화면의 4분의 1이 움직이면 높이의 절반이 됩니다. 이것으로 단서를 만들지는 않습니다. 카메라에서 이례적인 것을 찾도록 분석한 녹화 영상에만 있으며, 이전에 분석한 녹화 영상에는 다시 분석하거나 카메라에 무언가를 가르치면 생깁니다.</translation>
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
        <translation>Sultani 등의 방식대로 녹화 영상을 32개로 똑같이 나누어 각각 점수를 매깁니다. 녹화 영상이 길수록 순간을 덜 알려 줍니다. 이전에 분석한 녹화 영상은 다시 분석하면 표시됩니다.</translation>
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
        <source>No segment fits what is looked for. {key} lists everything again.</source>
        <translation>조건에 맞는 구간이 없습니다. {key} 키를 누르면 모두 다시 표시합니다.</translation>
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
        <translation>조용한 녹화 영상에서는 분석 시간이 크게 줄어듭니다. 아주 짧거나 작은 움직임은 놓칠 수 있으며, 건너뛴 부분은 점수 곡선에 표시됩니다. 다음 분석부터 적용됩니다.</translation>
    </message>
    <message>
        <source>Find what is &amp;unusual for each camera</source>
        <translation>카메라마다 이례적인 것 찾기(&amp;U)</translation>
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
        <source>Curves</source>
        <translation>곡선</translation>
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
        <source>&amp;Follow people, and list who moves like a staged theft</source>
        <translation>사람을 따라가며 연출된 절도처럼 움직이는 사람 나열(&amp;F)</translation>
    </message>
    <message>
        <source>A hint at where to look, not shown to find thefts in real stores. Only with the pose networks: crimeview models fetch pose. Makes the analysis much slower.</source>
        <translation>어디를 볼지 알려 주는 참고이며, 실제 매장의 절도를 찾는다고 입증되지 않았습니다. 자세 신경망이 필요합니다: crimeview models fetch pose. 분석이 훨씬 느려집니다.</translation>
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
        <translation>시스템 언어와 같게</translation>
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
        <translation>{segments}를 {folder}에 내보냈습니다.</translation>
    </message>
    <message>
        <source>Writing a package</source>
        <translation>패키지를 내보내는 중</translation>
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
        <source>The server keeps the index of this library itself.</source>
        <translation>이 라이브러리의 색인은 서버가 직접 관리합니다.</translation>
    </message>
    <message>
        <source>There is nothing to build: this library has its graph, or so few segments that looking at all of them is as quick.</source>
        <translation>만들 것이 없습니다. 이 라이브러리에는 이미 그래프가 있거나, 구간이 적어 모두 살펴봐도 그만큼 빠릅니다.</translation>
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
        <source>Library: {count} of {total} are in it; {what}.</source>
        <translation>라이브러리: {total}개 중 {count}개가 들어 있습니다. {what}.</translation>
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
        <source>Show the results on the map</source>
        <translation>결과를 지도에 표시</translation>
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
        <source>Let go to look for what is like {name}</source>
        <translation>놓으면 {name}과(와) 비슷한 것을 찾습니다</translation>
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
        <translation>진행률</translation>
    </message>
    <message>
        <source>Look in this case</source>
        <translation>이 사건에서 찾기</translation>
    </message>
    <message>
        <source>Go to the library</source>
        <translation>라이브러리로 이동</translation>
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
        <source>Find what looks alike</source>
        <translation>비슷한 장면 찾기</translation>
    </message>
    <message>
        <source>Select a segment on the review page, or mark a span there, and press {key}; or drop a video file here. It is compared with your library, or with this case.</source>
        <translation>검토 페이지에서 구간을 선택하거나 범위를 표시하고 {key} 키를 누르거나, 여기에 동영상 파일을 끌어다 놓으세요. 라이브러리 또는 이 사건과 비교합니다.</translation>
    </message>
    <message>
        <source>Look for what is like a file</source>
        <translation>파일과 비슷한 장면 찾기</translation>
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
        <source>Another library was opened meanwhile; look again.</source>
        <translation>그사이 다른 라이브러리가 열렸습니다. 다시 찾으세요.</translation>
    </message>
</context>
<context>
    <name>SimilarSearch</name>
    <message>
        <source>No library is open. Open one on the library page, or look in this case.</source>
        <translation>열린 라이브러리가 없습니다. 라이브러리 페이지에서 열거나 이 사건에서 찾으세요.</translation>
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
        <source>The first is the same, encoded anew.</source>
        <translation>첫째는 같은 영상을 다시 인코딩한 것입니다.</translation>
    </message>
    <message>
        <source>The first {count} are the same, encoded anew.</source>
        <translation>처음 {count}개는 같은 영상을 다시 인코딩한 것입니다.</translation>
    </message>
    <message>
        <source>Too few segments to tell which of these are close: it takes 20 of 5 recordings.</source>
        <translation>구간이 너무 적어 어느 것이 근접한지 판단할 수 없습니다. 녹화 영상 5개, 구간 20개가 필요합니다.</translation>
    </message>
    <message>
        <source>No other is close: none is above {limit}.</source>
        <translation>다른 결과 중 근접한 것은 없습니다. {limit}보다 높은 것이 없습니다.</translation>
    </message>
    <message>
        <source>No close match: none is above {limit}, which segments of different types reach here, too.</source>
        <translation>근접한 결과 없음: {limit}보다 높은 것이 없습니다. 이 값은 유형이 다른 구간끼리도 나옵니다.</translation>
    </message>
    <message>
        <source>No close match: none is above {limit}. Give types to most segments, and closer can be told from chance more finely.</source>
        <translation>근접한 결과 없음: {limit}보다 높은 것이 없습니다. 대부분의 구간에 유형을 지정하면 우연과 더 세밀하게 구별할 수 있습니다.</translation>
    </message>
    <message>
        <source>{close} of {count} are close matches: above {limit}, as learned here.</source>
        <translation>{count}개 중 {close}개가 근접합니다(여기서 학습한 기준 {limit} 초과).</translation>
    </message>
    <message>
        <source>{close} of {count} others are close: above {limit}, as learned here.</source>
        <translation>나머지 {count}개 중 {close}개가 근접합니다(여기서 학습한 기준 {limit} 초과).</translation>
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
        <translation>{length}보다 짧은 일은 놓칠 수 있습니다</translation>
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
        <translation>키프레임 간격인 {length}보다 짧은 일은 놓칠 수 있습니다. 모든 화면을 살펴보려면 설정에서 건너뛰기를 끄세요.</translation>
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
        <translation>진행률</translation>
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
        <source>Probably ordinary</source>
        <translation>일상적일 가능성이 큼</translation>
    </message>
    <message>
        <source>Type unknown</source>
        <translation>유형 알 수 없음</translation>
    </message>
    <message>
        <source>{kind}? {share}</source>
        <translation>{kind}? {share}</translation>
    </message>
    <message>
        <source>From a group that was given a name</source>
        <translation>이름을 붙인 군집에서 제안</translation>
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
    <name>Telling</name>
    <message>
        <source>“{name}” has taken the test.</source>
        <translation>“{name}”이(가) 시험 메시지를 받았습니다.</translation>
    </message>
    <message>
        <source>An alarm could not be told: {why}</source>
        <translation>경보를 알리지 못했습니다: {why}</translation>
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
        <source>1 recording</source>
        <translation>녹화 영상 1개</translation>
    </message>
    <message>
        <source>{count} recordings</source>
        <translation>녹화 영상 {count}개</translation>
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
        <translation>{time}에서 중지됨</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
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
    <name>Told</name>
    <message>
        <source>The password of “{camera}” is not in this computer&apos;s keyring; unlock it and start watching anew, or give the camera&apos;s address anew.</source>
        <translation>“{camera}”의 암호가 이 컴퓨터의 키링에 없습니다. 키링의 잠금을 풀고 감시를 다시 시작하거나, 카메라 주소를 다시 적으세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” sends no picture that this program can decode; choose another of its streams (H.264 is always known).</source>
        <translation>“{camera}” 카메라가 이 프로그램이 풀 수 있는 화면을 보내지 않습니다. 카메라의 다른 스트림을 고르세요(H.264는 항상 됩니다).</translation>
    </message>
    <message>
        <source>The camera “{camera}” sends a kind of video that this program cannot decode; choose another of its streams (H.264 is always known).</source>
        <translation>“{camera}” 카메라가 이 프로그램이 풀 수 없는 형식의 영상을 보냅니다. 카메라의 다른 스트림을 고르세요(H.264는 항상 됩니다).</translation>
    </message>
    <message>
        <source>The camera “{camera}” does not accept this user and password; correct them in its address.</source>
        <translation>“{camera}” 카메라가 이 사용자와 암호를 받아들이지 않습니다. 주소에서 고치세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” has no stream of that path; look it up in the camera&apos;s manual.</source>
        <translation>“{camera}” 카메라에 그 경로의 스트림이 없습니다. 카메라 설명서에서 찾아보세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” refuses connections; check that it is on, and the port in its address.</source>
        <translation>“{camera}” 카메라가 연결을 거부합니다. 켜져 있는지, 주소의 포트가 맞는지 확인하세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” does not answer; check that it is on and connected.</source>
        <translation>“{camera}” 카메라가 응답하지 않습니다. 켜져 있고 연결되어 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” is not there ({address}); check its address.</source>
        <translation>“{camera}” 카메라가 없습니다({address}). 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” may not be opened by you; allow it in the system.</source>
        <translation>“{camera}” 카메라를 열 권한이 없습니다. 시스템에서 허용하세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” is in use by another program; close that one first.</source>
        <translation>“{camera}” 카메라를 다른 프로그램이 쓰고 있습니다. 먼저 그 프로그램을 닫으세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” cannot be read ({reason}); check the connection.</source>
        <translation>“{camera}” 카메라를 읽을 수 없습니다({reason}). 연결을 확인하세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” cannot be read; check its address and the connection.</source>
        <translation>“{camera}” 카메라를 읽을 수 없습니다. 주소와 연결을 확인하세요.</translation>
    </message>
    <message>
        <source>The camera “{camera}” has ended the connection.</source>
        <translation>“{camera}” 카메라가 연결을 끊었습니다.</translation>
    </message>
    <message>
        <source>The camera “{camera}” sent nothing that could be kept.</source>
        <translation>“{camera}” 카메라가 저장할 만한 것을 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>The disk with {folder} has only {free} MB left, so alarms are not recorded; free some space or let clips be deleted earlier.</source>
        <translation>{folder} 폴더가 있는 디스크에 {free} MB밖에 남지 않아 경보를 녹화하지 않습니다. 공간을 비우거나 클립을 더 일찍 삭제하게 하세요.</translation>
    </message>
    <message>
        <source>Events are not scored on “{camera}”: this computer is too slow to decode it, and too much is left out; watch a smaller stream of it, or fewer cameras.</source>
        <translation>“{camera}”의 사건 점수를 매기지 않습니다. 이 컴퓨터가 느려서 너무 많은 화면을 건너뜁니다. 이 카메라의 더 작은 스트림을 쓰거나 카메라 수를 줄이세요.</translation>
    </message>
    <message>
        <source>Events are not scored on “{camera}”: its pictures come too far apart; let it send two a second at least.</source>
        <translation>“{camera}”의 사건 점수를 매기지 않습니다. 화면이 너무 드문드문 옵니다. 카메라가 1초에 적어도 두 장을 보내게 하세요.</translation>
    </message>
    <message>
        <source>People are not followed on “{camera}”: this computer has no room for it beside what it watches already.</source>
        <translation>“{camera}”에서 사람을 추적하지 않습니다. 이 컴퓨터는 지금 감시하는 것만으로 여유가 없습니다.</translation>
    </message>
    <message>
        <source>Novelty is not scored on “{camera}”: its picture has another shape than what was learned; analyze recordings of this stream.</source>
        <translation>“{camera}”의 이례성 점수를 매기지 않습니다. 화면 비율이 배운 것과 다릅니다. 이 스트림의 녹화 영상을 분석하세요.</translation>
    </message>
    <message>
        <source>“{camera}” does not look as it did when it was learned (it was turned, the light is another, or it is another camera): its novelty may raise false alarms.</source>
        <translation>“{camera}”의 화면이 배울 때와 다릅니다(방향이나 조명이 바뀌었거나 다른 카메라). 이례성 점수가 오경보를 울릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Novelty is not scored on “{camera}”: nothing was learned of a camera of that name. Analyze recordings of it, and give what was learned this name: crimeview cameras rename.</source>
        <translation>“{camera}”의 이례성 점수를 매기지 않습니다. 그 이름의 카메라에서 배운 것이 없습니다. 그 카메라의 녹화 영상을 분석하고, 배운 것에 이 이름을 붙이세요(crimeview cameras rename).</translation>
    </message>
    <message>
        <source>The rule “{rule}” raises nothing: {reason}</source>
        <translation>“{rule}” 규칙은 경보를 울리지 않습니다: {reason}</translation>
    </message>
    <message>
        <source>The certificate of {host} does not prove that it is {again} ({reason}); nothing was sent. If it is from an authority of your own, give its file as the CA file.</source>
        <translation>{host}의 인증서가 {again}임을 증명하지 못합니다({reason}). 아무것도 보내지 않았습니다. 직접 만든 인증 기관의 인증서라면 그 파일을 CA 파일로 지정하세요.</translation>
    </message>
    <message>
        <source>The certificate authority cannot be read from {file} ({reason}); give a file in PEM form.</source>
        <translation>{file}에서 인증 기관을 읽을 수 없습니다({reason}). PEM 형식의 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>The broker {host} cannot be reached ({reason}).</source>
        <translation>{host} 브로커에 연결할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>The broker {host} broke off ({reason}).</source>
        <translation>{host} 브로커가 연결을 끊었습니다({reason}).</translation>
    </message>
    <message>
        <source>The broker {host} did not answer in {seconds} s.</source>
        <translation>{host} 브로커가 {seconds}초 안에 응답하지 않았습니다.</translation>
    </message>
    <message>
        <source>The broker {host} lets “{user}” not in ({reason}).</source>
        <translation>{host} 브로커가 “{user}”의 접속을 허용하지 않습니다({reason}).</translation>
    </message>
    <message>
        <source>The mail server {host} cannot be reached ({reason}).</source>
        <translation>{host} 메일 서버에 연결할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{host} does not know the user “{user}” with this password.</source>
        <translation>{host}에 이 암호를 쓰는 사용자 “{user}”가 없습니다.</translation>
    </message>
    <message>
        <source>{host} does not offer what was asked for ({reason}); choose another security.</source>
        <translation>{host}에서 요청한 방식을 지원하지 않습니다({reason}). 다른 보안 방식을 고르세요.</translation>
    </message>
    <message>
        <source>{host} takes no letters for {names}.</source>
        <translation>{host}에서 {names} 앞으로 오는 메일을 받지 않습니다.</translation>
    </message>
    <message>
        <source>{host} took the letter, but not for {names}.</source>
        <translation>{host}에서 메일을 받았지만 {names} 앞으로는 받지 않았습니다.</translation>
    </message>
    <message>
        <source>{host} did not take the letter ({reason}).</source>
        <translation>{host}에서 메일을 받지 않았습니다({reason}).</translation>
    </message>
    <message>
        <source>{host} sends the message elsewhere ({reason}); configure that address.</source>
        <translation>{host}에서 메시지를 다른 주소로 돌립니다({reason}). 그 주소를 설정하세요.</translation>
    </message>
    <message>
        <source>{host} did not take the message ({reason}).</source>
        <translation>{host}에서 메시지를 받지 않았습니다({reason}).</translation>
    </message>
    <message>
        <source>{host} cannot be reached ({reason}).</source>
        <translation>{host}에 연결할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>The desktop did not show the notification.</source>
        <translation>바탕 화면이 알림을 표시하지 않았습니다.</translation>
    </message>
    <message>
        <source>Nobody was here to see or hear it in time.</source>
        <translation>제때에 보거나 들을 사람이 없었습니다.</translation>
    </message>
    <message>
        <source>This computer has no loudspeaker that a sound can be played on.</source>
        <translation>이 컴퓨터에 소리를 낼 수 있는 스피커가 없습니다.</translation>
    </message>
    <message>
        <source>The secret of “{name}” is not in this computer&apos;s keyring; give it again (crimeview deliveries change).</source>
        <translation>“{name}”의 비밀 값이 이 컴퓨터의 키링에 없습니다. 다시 적으세요(crimeview deliveries change).</translation>
    </message>
    <message>
        <source>The address of “{name}” is not in this computer&apos;s keyring; remove it and add it again (crimeview deliveries add webhook).</source>
        <translation>“{name}”의 주소가 이 컴퓨터의 키링에 없습니다. 제거하고 다시 추가하세요(crimeview deliveries add webhook).</translation>
    </message>
    <message>
        <source>Too many messages waited; this one gave way to newer ones.</source>
        <translation>기다리는 메시지가 너무 많아 새 메시지에 자리를 내주었습니다.</translation>
    </message>
    <message>
        <source>a test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>Go to a moment within the segment to split it there.</source>
        <translation>구간 안의 한 순간으로 이동해야 그곳에서 나눌 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose two or more segments to merge them.</source>
        <translation>합치려면 구간을 두 개 이상 고르세요.</translation>
    </message>
    <message>
        <source>Only segments of one recording can be merged.</source>
        <translation>한 녹화 영상의 구간끼리만 합칠 수 있습니다.</translation>
    </message>
    <message>
        <source>A segment needs to begin before it ends; move to another moment.</source>
        <translation>구간은 끝나기 전에 시작해야 합니다. 다른 순간으로 이동하세요.</translation>
    </message>
    <message>
        <source>{name} does not last that long.</source>
        <translation>{name}은(는) 그만큼 길지 않습니다.</translation>
    </message>
    <message>
        <source>“{name}” is no column; there are {known}.</source>
        <translation>“{name}”은(는) 없는 열입니다. 쓸 수 있는 열: {known}.</translation>
    </message>
    <message>
        <source>“{name}{sign}” needs a number, not “{word}”.</source>
        <translation>“{name}{sign}” 뒤에는 “{word}”이(가) 아니라 숫자를 적어야 합니다.</translation>
    </message>
    <message>
        <source>A region needs three corners or more.</source>
        <translation>영역에는 꼭짓점이 세 개 이상 있어야 합니다.</translation>
    </message>
    <message>
        <source>“{text}” is no region; write three corners or more as x,y, each from 0 to 1: “0,0 0.5,0 0.5,0.2 0,0.2” is at the upper left.</source>
        <translation>“{text}”은(는) 영역이 아닙니다. 꼭짓점을 세 개 이상 x,y로, 각각 0에서 1까지 적으세요. “0,0 0.5,0 0.5,0.2 0,0.2”는 왼쪽 위입니다.</translation>
    </message>
    <message>
        <source>No recording of this case is missing.</source>
        <translation>이 사건에는 사라진 녹화 영상이 없습니다.</translation>
    </message>
    <message>
        <source>{name} lists none of the recordings of this case; it begins with “{first}”.</source>
        <translation>{name}에는 이 사건의 녹화 영상이 하나도 없습니다. 파일은 “{first}”(으)로 시작합니다.</translation>
    </message>
    <message>
        <source>This case has no ground truth that could be taken away.</source>
        <translation>이 사건에는 없앨 정답이 없습니다.</translation>
    </message>
    <message>
        <source>There is nothing to export: no segment has one of these decisions yet.</source>
        <translation>내보낼 것이 없습니다. 이렇게 판정한 구간이 아직 없습니다.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}); choose another place.</source>
        <translation>{folder} 폴더를 만들 수 없습니다({reason}). 다른 곳을 고르세요.</translation>
    </message>
    <message>
        <source>There is no case in {folder}; analyze a recording into it first.</source>
        <translation>{folder}에는 사건이 없습니다. 먼저 녹화 영상을 그 사건으로 분석하세요.</translation>
    </message>
    <message>
        <source>{folder} is a file; a case needs a folder.</source>
        <translation>{folder}은(는) 파일입니다. 사건에는 폴더가 필요합니다.</translation>
    </message>
    <message>
        <source>The case folder {folder} cannot be made ({reason}); choose another place.</source>
        <translation>사건 폴더 {folder}을(를) 만들 수 없습니다({reason}). 다른 곳을 고르세요.</translation>
    </message>
    <message>
        <source>The case {folder} cannot be written; allow writing in that folder or choose another one.</source>
        <translation>사건 {folder}에 쓸 수 없습니다. 그 폴더에 쓰기를 허용하거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{file} is a database of another program, not a case; choose another folder.</source>
        <translation>{file}은(는) 사건이 아니라 다른 프로그램의 데이터베이스입니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The case in {folder} was written by a newer crimeview; update crimeview to open it.</source>
        <translation>{folder}의 사건은 더 새로운 crimeview로 저장되었습니다. 열려면 crimeview를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The disk with the case {folder} is full; free some space and start again: what has been analyzed is kept.</source>
        <translation>사건 {folder}이(가) 있는 디스크가 가득 찼습니다. 공간을 비우고 다시 시작하세요. 지금까지 분석한 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>The database of the case {folder} is damaged ({file}); bring back a copy of the folder, or move it away and analyze the recordings again.</source>
        <translation>사건 {folder}의 데이터베이스가 손상되었습니다({file}). 폴더의 사본을 되돌려 놓거나, 폴더를 다른 곳으로 옮기고 녹화 영상을 다시 분석하세요.</translation>
    </message>
    <message>
        <source>Another program has held the case {folder} for {seconds} seconds; close it and try again.</source>
        <translation>다른 프로그램이 사건 {folder}을(를) {seconds}초 동안 붙들고 있습니다. 그 프로그램을 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The case {folder} could not be read or written ({reason}); check the disk and try again.</source>
        <translation>사건 {folder}을(를) 읽거나 쓰지 못했습니다({reason}). 디스크를 확인하고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>This was changed meanwhile, by another window or command; it is shown as it is now. Look at it again and repeat the change where it is still right.</source>
        <translation>그사이 다른 창이나 명령이 이것을 바꾸었습니다. 지금의 상태를 보여 줍니다. 다시 살펴보고, 여전히 옳다면 변경을 되풀이하세요.</translation>
    </message>
    <message>
        <source>This cannot be taken back: it was changed afterwards, by another window, command or reviewer. Undo once more to take back what you did before it.</source>
        <translation>되돌릴 수 없습니다. 그 뒤에 다른 창이나 명령, 다른 검토자가 바꾸었습니다. 한 번 더 실행 취소하면 그 전에 한 일을 되돌립니다.</translation>
    </message>
    <message>
        <source>This cannot be made again: it was changed afterwards, by another window, command or reviewer. Redo once more to make again what came after it.</source>
        <translation>다시 실행할 수 없습니다. 그 뒤에 다른 창이나 명령, 다른 검토자가 바꾸었습니다. 한 번 더 다시 실행하면 그다음에 한 일을 다시 실행합니다.</translation>
    </message>
    <message>
        <source>The case {folder} is watched already, by another window or “crimeview watch”; stop that first, or watch with another case.</source>
        <translation>사건 {folder}은(는) 다른 창이나 “crimeview watch”로 이미 감시하고 있습니다. 먼저 그것을 멈추거나 다른 사건으로 감시하세요.</translation>
    </message>
    <message>
        <source>A camera needs a name.</source>
        <translation>카메라에는 이름이 있어야 합니다.</translation>
    </message>
    <message>
        <source>A camera is called “{name}” already; choose another name.</source>
        <translation>“{name}”이라는 카메라가 이미 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>Another camera is called “{name}” already; choose another name.</source>
        <translation>“{name}”이라는 다른 카메라가 이미 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>The picture of “{name}” has another shape than those of “{other}”: what is usual in one says nothing of the other.</source>
        <translation>“{name}”의 화면은 “{other}”의 화면과 비율이 다릅니다. 한쪽의 평소 모습으로 다른 쪽을 알 수 없습니다.</translation>
    </message>
    <message>
        <source>This camera is no more; choose another one.</source>
        <translation>이 카메라는 이제 없습니다. 다른 카메라를 고르세요.</translation>
    </message>
    <message>
        <source>There is no time zone “{name}”; write one such as Asia/Seoul, UTC or +09:00.</source>
        <translation>“{name}” 시간대는 없습니다. Asia/Seoul, UTC, +09:00처럼 적으세요.</translation>
    </message>
    <message>
        <source>A camera needs an address, as in entrance=rtsp://192.168.1.20/stream1.</source>
        <translation>카메라에는 주소가 있어야 합니다. 예: entrance=rtsp://192.168.1.20/stream1</translation>
    </message>
    <message>
        <source>The address of the camera names no host; write it as in rtsp://192.168.1.20/stream1.</source>
        <translation>카메라 주소에 호스트가 없습니다. rtsp://192.168.1.20/stream1처럼 적으세요.</translation>
    </message>
    <message>
        <source>“{other}” is no protocol that a camera can be watched by; give an address that begins with rtsp:// or http://, webcam:0, or a video file.</source>
        <translation>“{other}”은(는) 카메라를 볼 수 있는 프로토콜이 아닙니다. rtsp://나 http://로 시작하는 주소, webcam:0, 또는 동영상 파일을 적으세요.</translation>
    </message>
    <message>
        <source>The address of the camera is not well formed; write it as in rtsp://user:password@192.168.1.20:554/stream1, with %40 for an @ in a password.</source>
        <translation>카메라 주소의 형식이 잘못되었습니다. rtsp://user:password@192.168.1.20:554/stream1처럼 적고, 암호 안의 @는 %40으로 적으세요.</translation>
    </message>
    <message>
        <source>No keyring of this computer could keep the password of “{name}”, so the camera was not kept; set one up (GNOME Keyring, KWallet, or the system&apos;s own), or give the address anew each time.</source>
        <translation>이 컴퓨터에 “{name}”의 암호를 보관할 키링이 없어 카메라를 저장하지 않았습니다. 키링(GNOME Keyring, KWallet 또는 시스템의 키링)을 설정하거나 매번 주소를 새로 적으세요.</translation>
    </message>
    <message>
        <source>Two cameras are called “{name}”; give each a name of its own, as in entrance=rtsp://192.168.1.20/stream1.</source>
        <translation>“{name}”이라는 카메라가 둘 있습니다. entrance=rtsp://192.168.1.20/stream1처럼 각각 다른 이름을 주세요.</translation>
    </message>
    <message>
        <source>An alarm rule needs a name.</source>
        <translation>경보 규칙에는 이름이 있어야 합니다.</translation>
    </message>
    <message>
        <source>The threshold must lie above 0 and at most at 1, not {value}.</source>
        <translation>임계값은 0보다 크고 1 이하여야 합니다. {value}은(는) 안 됩니다.</translation>
    </message>
    <message>
        <source>The hysteresis must lie above 0 and at most at 1, not {value}.</source>
        <translation>이력 비율은 0보다 크고 1 이하여야 합니다. {value}은(는) 안 됩니다.</translation>
    </message>
    <message>
        <source>The merge gap and the minimum length cannot be negative.</source>
        <translation>병합 간격과 최소 길이는 음수일 수 없습니다.</translation>
    </message>
    <message>
        <source>The minimum duration, the merge gap and the cooldown lie from 0 to 86400 seconds (a day), not {seconds}.</source>
        <translation>최소 지속 시간, 끊김 허용, 울린 뒤 쉬는 시간은 0초에서 86400초(하루)까지입니다. {seconds}은(는) 안 됩니다.</translation>
    </message>
    <message>
        <source>“{text}” is no time of a schedule; write such as “Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00”, or “always”.</source>
        <translation>“{text}”은(는) 시간표의 시간이 아닙니다. “Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00”이나 “always”처럼 적으세요.</translation>
    </message>
    <message>
        <source>A time of a schedule needs at least one day of the week.</source>
        <translation>시간표의 시간에는 요일이 하나 이상 있어야 합니다.</translation>
    </message>
    <message>
        <source>Times of a schedule lie from 00:00 to 24:00.</source>
        <translation>시간표의 시각은 00:00에서 24:00까지입니다.</translation>
    </message>
    <message>
        <source>There is one called “{name}” already; choose another name.</source>
        <translation>“{name}”이라는 것이 이미 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>A delivery needs a name.</source>
        <translation>알림 대상에는 이름이 있어야 합니다.</translation>
    </message>
    <message>
        <source>“{host}” is no name of a server; write such as mail.example.org.</source>
        <translation>“{host}”은(는) 서버 이름이 아닙니다. mail.example.org처럼 적으세요.</translation>
    </message>
    <message>
        <source>A port lies from 1 to 65535, not {port}.</source>
        <translation>포트는 1에서 65535까지입니다. {port}은(는) 안 됩니다.</translation>
    </message>
    <message>
        <source>The volume lies above 0 and at most at 1, the times from 1 to 20.</source>
        <translation>음량은 0보다 크고 1 이하, 횟수는 1에서 20까지입니다.</translation>
    </message>
    <message>
        <source>“{url}” is no address of a webhook; write such as https://example.org/hooks/crimeview.</source>
        <translation>“{url}”은(는) 웹훅 주소가 아닙니다. https://example.org/hooks/crimeview처럼 적으세요.</translation>
    </message>
    <message>
        <source>Leave user and password out of the webhook&apos;s address: what is sent is signed with a secret that lies in the keyring.</source>
        <translation>웹훅 주소에서 사용자와 암호를 빼세요. 보내는 내용은 키링에 있는 비밀 값으로 서명됩니다.</translation>
    </message>
    <message>
        <source>A secret for webhooks is “whsec_” and at least 16 bytes in base64; leave it out, and one is made.</source>
        <translation>웹훅의 비밀 값은 “whsec_”와 base64로 적은 16바이트 이상입니다. 비워 두면 만들어 줍니다.</translation>
    </message>
    <message>
        <source>MQTT knows no STARTTLS; choose tls or none.</source>
        <translation>MQTT에는 STARTTLS가 없습니다. tls나 none을 고르세요.</translation>
    </message>
    <message>
        <source>Topics need a prefix, such as crimeview.</source>
        <translation>토픽에는 crimeview 같은 머리말이 있어야 합니다.</translation>
    </message>
    <message>
        <source>“{topic}” cannot begin a topic; use no #, no + and no / at its ends.</source>
        <translation>“{topic}”(으)로 토픽을 시작할 수 없습니다. #와 +를 쓰지 말고, 양 끝에 /를 쓰지 마세요.</translation>
    </message>
    <message>
        <source>A letter needs at least one recipient.</source>
        <translation>메일에는 받는 사람이 한 명 이상 있어야 합니다.</translation>
    </message>
    <message>
        <source>“{address}” is no e-mail address.</source>
        <translation>“{address}”은(는) 이메일 주소가 아닙니다.</translation>
    </message>
    <message>
        <source>Only the host of a webhook&apos;s address is shown; write the whole address to change it.</source>
        <translation>웹훅 주소는 호스트만 표시됩니다. 바꾸려면 주소 전체를 적으세요.</translation>
    </message>
    <message>
        <source>The keyring of this computer could not be asked for a secret; unlock it, or set one up (GNOME Keyring, KWallet, or the system&apos;s own).</source>
        <translation>이 컴퓨터의 키링에서 비밀 값을 가져오지 못했습니다. 키링의 잠금을 풀거나 키링(GNOME Keyring, KWallet 또는 시스템의 키링)을 설정하세요.</translation>
    </message>
    <message>
        <source>No keyring of this computer could keep the secret, so it was not kept; set one up (GNOME Keyring, KWallet, or the system&apos;s own) and try again.</source>
        <translation>이 컴퓨터에 비밀 값을 보관할 키링이 없어 저장하지 않았습니다. 키링(GNOME Keyring, KWallet 또는 시스템의 키링)을 설정하고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The case has {count} segments with features; groups need at least {fewest}. Analyze more recordings, or lower the threshold.</source>
        <translation>사건에 특징이 있는 구간이 {count}개 있습니다. 묶으려면 {fewest}개 이상이어야 합니다. 녹화 영상을 더 분석하거나 임계값을 낮추세요.</translation>
    </message>
    <message>
        <source>{segments} segments cannot be parted into {count} groups; give a smaller --count.</source>
        <translation>구간 {segments}개를 군집 {count}개로 나눌 수 없습니다. 군집의 수를 줄이세요.</translation>
    </message>
    <message>
        <source>A map cannot be written as “{name}”; let the name end in .png, .svg or .csv.</source>
        <translation>지도를 “{name}”(으)로 저장할 수 없습니다. 이름이 .png, .svg, .csv 가운데 하나로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>“{file}” cannot be written ({reason}); choose another place or free some space.</source>
        <translation>“{file}”에 쓸 수 없습니다({reason}). 다른 곳을 고르거나 공간을 비우세요.</translation>
    </message>
    <message>
        <source>This case has learned nothing of types that could be forgotten.</source>
        <translation>이 사건에서 유형에 대해 학습한 것이 없어 지울 것도 없습니다.</translation>
    </message>
    <message>
        <source>{count} segments with features have a type or are dismissed; give types to at least {fewest}, of two kinds or more (dismissed ones are a kind), to learn from them.</source>
        <translation>특징이 있는 구간 가운데 유형이 있거나 기각된 것이 {count}개입니다. 학습하려면 두 가지 이상(기각도 한 가지)으로 {fewest}개 이상에 유형을 지정하세요.</translation>
    </message>
    <message>
        <source>All that was said is of one recording, so that it cannot be found out whether learning helps with others; review segments of another recording as well.</source>
        <translation>판정한 것이 모두 한 녹화 영상에서 나와, 학습한 것이 다른 녹화 영상에도 도움이 되는지 알 수 없습니다. 다른 녹화 영상의 구간도 검토하세요.</translation>
    </message>
    <message>
        <source>The case {case} has no segments with features; analyze recordings first, or lower the threshold.</source>
        <translation>사건 {case}에 특징이 있는 구간이 없습니다. 먼저 녹화 영상을 분석하거나 임계값을 낮추세요.</translation>
    </message>
    <message>
        <source>Recordings of {case} were analyzed with different encoders; analyze all of them with one.</source>
        <translation>{case}의 녹화 영상들이 서로 다른 인코더로 분석되었습니다. 모두 하나의 인코더로 분석하세요.</translation>
    </message>
    <message>
        <source>A name needs at least one letter; “crimeview groupings unname” takes one back.</source>
        <translation>이름에는 글자가 하나 이상 있어야 합니다. “crimeview groupings unname” 명령으로 이름을 거둘 수 있습니다.</translation>
    </message>
    <message>
        <source>“{name}” is no projection for the features of “{space}”; {there}. “crimeview train projection” makes one.</source>
        <translation>“{name}”은(는) “{space}” 특징에 맞는 투영이 아닙니다({there}). “crimeview train projection” 명령으로 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>The projection “{name}” takes vectors of {wanted} numbers; these have {count}. Train it again for this encoder.</source>
        <translation>투영 “{name}”은(는) 수 {wanted}개짜리 벡터를 받는데 이 벡터는 {count}개짜리입니다. 이 인코더에 맞게 다시 학습시키세요.</translation>
    </message>
    <message>
        <source>The case {case} holds no segments to compare with; analyze recordings into it, or lower its threshold.</source>
        <translation>사건 {case}에 비교할 구간이 없습니다. 녹화 영상을 분석해 넣거나 임계값을 낮추세요.</translation>
    </message>
    <message>
        <source>The library {library} is empty; add to it first (“crimeview library add”).</source>
        <translation>라이브러리 {library}이(가) 비어 있습니다. 먼저 구간을 추가하세요(“crimeview library add”).</translation>
    </message>
    <message>
        <source>The library {library} has no segments yet; add some with “crimeview library add”.</source>
        <translation>라이브러리 {library}에 아직 구간이 없습니다. “crimeview library add”로 추가하세요.</translation>
    </message>
    <message>
        <source>The library {library} holds vectors of {held}, but the query is one of {space}: they cannot be compared. Choose the encoder that the library was made with.</source>
        <translation>라이브러리 {library}에는 {held}의 벡터가 있는데 찾는 것은 {space}의 벡터라 비교할 수 없습니다. 라이브러리를 만든 인코더를 고르세요.</translation>
    </message>
    <message>
        <source>A library on a server keeps no copies of clips; leave --copy-clips out, or add to a library in a folder.</source>
        <translation>서버의 라이브러리에는 클립 사본을 보관하지 않습니다. 사본 없이 추가하거나 폴더에 있는 라이브러리에 추가하세요.</translation>
    </message>
    <message>
        <source>“{name}” is not the file that was analyzed; nothing was copied of it. Analyze it again.</source>
        <translation>“{name}”은(는) 분석했던 파일이 아니어서 아무것도 복사하지 않았습니다. 다시 분석하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}); free some space.</source>
        <translation>{folder} 폴더를 만들 수 없습니다({reason}). 공간을 비우세요.</translation>
    </message>
    <message>
        <source>There is no library in {folder}; add to it first (“crimeview library add”).</source>
        <translation>{folder}에 라이브러리가 없습니다. 먼저 구간을 추가하세요(“crimeview library add”).</translation>
    </message>
    <message>
        <source>The library {folder} cannot be written; allow writing in that folder or choose another one.</source>
        <translation>라이브러리 {folder}에 쓸 수 없습니다. 그 폴더에 쓰기를 허용하거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{file} is a database of another program, not a library; choose another folder.</source>
        <translation>{file}은(는) 라이브러리가 아니라 다른 프로그램의 데이터베이스입니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The library {library} was written by a newer crimeview; update crimeview to open it.</source>
        <translation>라이브러리 {library}은(는) 더 새로운 crimeview로 저장되었습니다. 열려면 crimeview를 업데이트하세요.</translation>
    </message>
    <message>
        <source>{folder} is a file; a library needs a folder.</source>
        <translation>{folder}은(는) 파일입니다. 라이브러리에는 폴더가 필요합니다.</translation>
    </message>
    <message>
        <source>The library&apos;s folder {folder} cannot be made ({reason}); choose another place.</source>
        <translation>라이브러리 폴더 {folder}을(를) 만들 수 없습니다({reason}). 다른 곳을 고르세요.</translation>
    </message>
    <message>
        <source>There is no library in {library} yet; its administrator makes one with “crimeview library create URL”.</source>
        <translation>{library}에 아직 라이브러리가 없습니다. 관리자가 “crimeview library create URL”로 만듭니다.</translation>
    </message>
    <message>
        <source>The library {library} could not be used ({reason}); try again.</source>
        <translation>라이브러리 {library}을(를) 쓰지 못했습니다({reason}). 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The search index was missing and was built anew from the library ({count} vectors).</source>
        <translation>검색 색인이 없어 라이브러리에서 새로 만들었습니다(벡터 {count}개).</translation>
    </message>
    <message>
        <source>The search index was damaged ({reason}) and was built anew from the library ({count} vectors).</source>
        <translation>검색 색인이 손상되어({reason}) 라이브러리에서 새로 만들었습니다(벡터 {count}개).</translation>
    </message>
    <message>
        <source>The search index was of another kind and was built anew from the library ({count} vectors).</source>
        <translation>검색 색인의 종류가 달라 라이브러리에서 새로 만들었습니다(벡터 {count}개).</translation>
    </message>
    <message>
        <source>The search index was of another state of the library and was built anew from the library ({count} vectors).</source>
        <translation>검색 색인이 라이브러리의 다른 상태에 속해 있어 라이브러리에서 새로 만들었습니다(벡터 {count}개).</translation>
    </message>
    <message>
        <source>The search index could not be stored beside the library; free some space on its disk. Until then it is built anew each time.</source>
        <translation>검색 색인을 라이브러리 옆에 저장하지 못했습니다. 디스크 공간을 확보하세요. 그때까지는 매번 새로 만듭니다.</translation>
    </message>
    <message>
        <source>The part of the graph that was built is damaged ({reason}) and is built anew.</source>
        <translation>그래프의 만들어 둔 부분이 손상되어({reason}) 새로 만듭니다.</translation>
    </message>
    <message>
        <source>The graph is built but could not be stored beside the library; free some space on its disk. Building it again goes on from what was stored last.</source>
        <translation>그래프를 만들었으나 라이브러리 옆에 저장하지 못했습니다. 디스크 공간을 확보하세요. 다시 만들면 마지막으로 저장한 데서 이어집니다.</translation>
    </message>
    <message>
        <source>The graph could not take the index&apos;s place ({reason}); try again, nothing of it is lost.</source>
        <translation>그래프로 색인을 바꾸지 못했습니다({reason}). 다시 시도하세요. 잃은 것은 없습니다.</translation>
    </message>
    <message>
        <source>You may read the library {library}, but not change it; ask its administrator to make you an editor.</source>
        <translation>라이브러리 {library}을(를) 읽을 수는 있지만 바꿀 수는 없습니다. 관리자에게 편집 권한을 요청하세요.</translation>
    </message>
    <message>
        <source>Somebody else has changed this segment meanwhile; look at it again before you change it.</source>
        <translation>그사이 다른 사람이 이 구간을 바꾸었습니다. 다시 살펴본 뒤 바꾸세요.</translation>
    </message>
    <message>
        <source>A library cannot be at a “{scheme}” address; give a folder, or a URL as postgresql://name@server/database?sslmode=verify-full.</source>
        <translation>라이브러리는 “{scheme}” 주소에 있을 수 없습니다. 폴더나 postgresql://name@server/database?sslmode=verify-full 같은 URL을 적으세요.</translation>
    </message>
    <message>
        <source>Leave the password out of the library&apos;s URL, where others can read it; “crimeview library login URL” asks for it and keeps it in your keyring.</source>
        <translation>다른 사람이 읽을 수 있는 라이브러리 URL에서 암호를 빼세요. “crimeview library login URL”이 암호를 물어 키링에 보관합니다.</translation>
    </message>
    <message>
        <source>Leave {secret} out of the library&apos;s URL, where others can read it; use a key file that only you may read.</source>
        <translation>다른 사람이 읽을 수 있는 라이브러리 URL에서 {secret}을(를) 빼세요. 자신만 읽을 수 있는 키 파일을 쓰세요.</translation>
    </message>
    <message>
        <source>The library&apos;s URL cannot be read; give one as postgresql://name@server:5432/database?sslmode=verify-full.</source>
        <translation>라이브러리의 URL을 읽을 수 없습니다. postgresql://name@server:5432/database?sslmode=verify-full처럼 적으세요.</translation>
    </message>
    <message>
        <source>No keyring of this computer could keep the password, so it was not kept; set one up (GNOME Keyring, KWallet, or the system&apos;s own), or use a client certificate or a .pgpass file.</source>
        <translation>이 컴퓨터에 암호를 보관할 키링이 없어 저장하지 않았습니다. 키링(GNOME Keyring, KWallet 또는 시스템의 키링)을 설정하거나, 클라이언트 인증서나 .pgpass 파일을 쓰세요.</translation>
    </message>
    <message>
        <source>The keyring of this computer could not be asked; unlock it and try again.</source>
        <translation>이 컴퓨터의 키링에 물어볼 수 없습니다. 잠금을 풀고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>There is something at {folder} already; choose another name.</source>
        <translation>{folder}에 이미 무언가 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>The package {folder} cannot be written ({reason}); free some space or choose another place.</source>
        <translation>패키지 {folder}에 쓸 수 없습니다({reason}). 공간을 비우거나 다른 곳을 고르세요.</translation>
    </message>
    <message>
        <source>{folder} is not a package of a library: its {file} is missing or cannot be read.</source>
        <translation>{folder}은(는) 라이브러리의 패키지가 아닙니다. {file}이(가) 없거나 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The package {folder} is incomplete ({missing}); copy it again. Nothing was added.</source>
        <translation>패키지 {folder}이(가) 온전하지 않습니다({missing}). 다시 복사하세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>The package {folder} is damaged ({file} is not what was written); copy it again. Nothing was added.</source>
        <translation>패키지 {folder}이(가) 손상되었습니다({file}이(가) 저장된 것과 다름). 다시 복사하세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>The process that did the work ended unexpectedly, perhaps for want of memory; close other programs, or take fewer segments.</source>
        <translation>작업하던 프로세스가 뜻밖에 끝났습니다. 메모리가 모자랐을 수 있습니다. 다른 프로그램을 닫거나 구간 수를 줄이세요.</translation>
    </message>
    <message>
        <source>There is no folder of models at {place}; set CRIMEVIEW_MODELS to one.</source>
        <translation>{place}에 모델 폴더가 없습니다. CRIMEVIEW_MODELS에 모델 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no model “{name}” in {place}; known there: {known}.</source>
        <translation>{place}에 “{name}” 모델이 없습니다. 있는 모델: {known}.</translation>
    </message>
    <message>
        <source>{folder} is not a model: it has no {file}; copy the whole model folder there.</source>
        <translation>{folder}은(는) 모델이 아닙니다. {file}이(가) 없습니다. 모델 폴더 전체를 복사하세요.</translation>
    </message>
    <message>
        <source>{file} is damaged; copy the model again.</source>
        <translation>{file}이(가) 손상되었습니다. 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{model} is incomplete: {file} cannot be read; copy the whole folder again.</source>
        <translation>{model}이(가) 온전하지 않습니다. {file}을(를) 읽을 수 없습니다. 폴더 전체를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{model} is damaged: the SHA-256 of {file} is not the one in its manifest; copy the model folder again.</source>
        <translation>{model}이(가) 손상되었습니다. {file}의 SHA-256이 매니페스트와 다릅니다. 모델 폴더를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{model} cannot be opened on the engine {engine} ({reason}); choose the engine cpu.</source>
        <translation>{model}을(를) {engine} 엔진에서 열 수 없습니다({reason}). cpu 엔진을 고르세요.</translation>
    </message>
    <message>
        <source>{model} is not a usable ONNX file ({reason}); copy the model again.</source>
        <translation>{model}은(는) 쓸 수 있는 ONNX 파일이 아닙니다({reason}). 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>The scorer “{scorer}” was trained on features “{wanted}”, but the encoder “{encoder}” gives “{given}”; choose a pair that fits.</source>
        <translation>채점 모델 “{scorer}”은(는) “{wanted}” 특징으로 학습되었는데 인코더 “{encoder}”은(는) “{given}” 특징을 냅니다. 서로 맞는 짝을 고르세요.</translation>
    </message>
    <message>
        <source>There is no detector to tell classes of objects by; import one with: crimeview models import FILE.onnx</source>
        <translation>물체의 종류를 구별할 검출기가 없습니다. crimeview models import FILE.onnx 명령으로 가져오세요.</translation>
    </message>
    <message>
        <source>The model “{name}” cannot be the {kind}: its kind is {known}; “crimeview models list” says which there are.</source>
        <translation>모델 “{name}”은(는) {kind}(으)로 쓸 수 없습니다. 그 종류는 {known}입니다. “crimeview models list” 명령이 어떤 모델이 있는지 알려 줍니다.</translation>
    </message>
    <message>
        <source>There is nothing at {path}; give a file of weights or a model&apos;s folder.</source>
        <translation>{path}에 아무것도 없습니다. 가중치 파일이나 모델 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>There is “{name}” in {folder} already; give another --name, or --replace to put the import in its place.</source>
        <translation>{folder}에 “{name}”이(가) 이미 있습니다. 명령 crimeview models import에 다른 --name을 주거나, 바꾸려면 --replace를 주세요.</translation>
    </message>
    <message>
        <source>There is no {manifest} in {folder}, which says what an ONNX file wants and gives; write one beside the ONNX file, as the models that crimeview ships have it.</source>
        <translation>{folder}에 ONNX 파일의 입력과 출력을 알려 주는 {manifest}이(가) 없습니다. crimeview에 딸린 모델처럼 ONNX 파일 옆에 적어 두세요.</translation>
    </message>
    <message>
        <source>The input of {name} is not a float32 picture (1, 3, height, width), so it is no detector; write a manifest.json beside the ONNX file if it is another model.</source>
        <translation>{name}의 입력이 float32 그림(1, 3, 높이, 너비)이 아니므로 검출기가 아닙니다. 다른 모델이라면 ONNX 파일 옆에 manifest.json을 적어 두세요.</translation>
    </message>
    <message>
        <source>{name} is not a usable ONNX file ({reason}); copy or export it again.</source>
        <translation>{name}은(는) 쓸 수 있는 ONNX 파일이 아닙니다({reason}). 다시 복사하거나 내보내세요.</translation>
    </message>
    <message>
        <source>Importing weights needs PyTorch, which is not installed; install it with “pip install &apos;crimeview[train]&apos;”.</source>
        <translation>가중치를 가져오려면 PyTorch가 필요한데 설치되어 있지 않습니다. “pip install &apos;crimeview[train]&apos;”로 설치하세요.</translation>
    </message>
    <message>
        <source>“{name}” is an MP4 file without its index, as is left when a recording or a copy is cut off; copy it from its source again.</source>
        <translation>“{name}”은(는) 색인이 없는 MP4 파일입니다. 녹화나 복사가 중간에 끊기면 이렇게 됩니다. 원본에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” is not a video in any format that is known, or its beginning is damaged; check that it plays elsewhere or copy it from its source again.</source>
        <translation>“{name}”은(는) 알려진 형식의 동영상이 아니거나 앞부분이 손상되었습니다. 다른 프로그램에서 재생되는지 확인하거나 원본에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” uses a video codec that this program cannot decode; convert it to H.264 first.</source>
        <translation>“{name}”의 영상 코덱은 이 프로그램이 디코딩할 수 없습니다. 먼저 H.264로 변환하세요.</translation>
    </message>
    <message>
        <source>“{name}” holds only sound and no pictures; choose the file with the video.</source>
        <translation>“{name}”에는 소리만 있고 영상이 없습니다. 영상이 든 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The folder “{name}” may not be read by you; change its permissions.</source>
        <translation>“{name}” 폴더를 읽을 권한이 없습니다. 폴더의 권한을 바꾸세요.</translation>
    </message>
    <message>
        <source>“{name}” is a folder; choose the video files in it.</source>
        <translation>“{name}”은(는) 폴더입니다. 그 안의 동영상 파일을 고르세요.</translation>
    </message>
    <message>
        <source>“{name}” is a pipe or a device; choose a video file.</source>
        <translation>“{name}”은(는) 파이프나 장치입니다. 동영상 파일을 고르세요.</translation>
    </message>
    <message>
        <source>“{name}” does not exist; it may have been moved, renamed or be on a disk that is not connected.</source>
        <translation>“{name}”이(가) 없습니다. 옮겨졌거나 이름이 바뀌었거나, 연결되지 않은 디스크에 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>“{name}” may not be read by you; change its permissions or copy it to a folder of your own.</source>
        <translation>“{name}”을(를) 읽을 권한이 없습니다. 권한을 바꾸거나 자신의 폴더로 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read from its disk ({reason}); copy it from its source again.</source>
        <translation>“{name}”을(를) 디스크에서 읽을 수 없습니다({reason}). 원본에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” is empty (0 bytes); copy it from its source again.</source>
        <translation>“{name}”은(는) 빈 파일(0바이트)입니다. 원본에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read through ({reason}); check the disk it is on or copy it from its source again.</source>
        <translation>“{name}”을(를) 끝까지 읽을 수 없습니다({reason}). 파일이 있는 디스크를 확인하거나 원본에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” holds a video stream of which no picture can be decoded; copy it from its source again.</source>
        <translation>“{name}”의 영상에서 디코딩할 수 있는 화면이 하나도 없습니다. 원본에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>“{name}” has become unreadable; check the disk it is on and open it again.</source>
        <translation>“{name}”을(를) 더 이상 읽을 수 없습니다. 파일이 있는 디스크를 확인하고 다시 여세요.</translation>
    </message>
    <message>
        <source>“{name}” has become unreadable; check the disk it is on.</source>
        <translation>“{name}”을(를) 더 이상 읽을 수 없습니다. 파일이 있는 디스크를 확인하세요.</translation>
    </message>
    <message>
        <source>“{name}” is gone; bring it back and open it again.</source>
        <translation>“{name}”이(가) 사라졌습니다. 파일을 되돌려 놓고 다시 여세요.</translation>
    </message>
    <message>
        <source>The recording has pictures of a kind ({kind}) that this program cannot convert; convert it to H.264 first.</source>
        <translation>이 녹화 영상의 화면 형식({kind})은 이 프로그램이 변환할 수 없습니다. 먼저 H.264로 변환하세요.</translation>
    </message>
    <message>
        <source>The piece of “{name}” could not be copied ({reason}); check the free space and that the recording plays.</source>
        <translation>“{name}”의 일부를 복사하지 못했습니다({reason}). 디스크의 남은 공간과 녹화 영상이 재생되는지를 확인하세요.</translation>
    </message>
    <message>
        <source>“{name}” has no time stamps; a piece of it cannot be copied.</source>
        <translation>“{name}”에는 시각 정보가 없어 일부만 복사할 수 없습니다.</translation>
    </message>
    <message>
        <source>“{name}” has no picture from {start} s on that could be copied.</source>
        <translation>“{name}”에는 {start}초부터 복사할 수 있는 화면이 없습니다.</translation>
    </message>
    <message>
        <source>“{name}” cannot be written ({reason}); check the folder and the free space.</source>
        <translation>“{name}”에 쓸 수 없습니다({reason}). 폴더와 디스크의 남은 공간을 확인하세요.</translation>
    </message>
    <message>
        <source>The file is damaged after {time}; what follows could not be read.</source>
        <translation>파일이 {time} 이후 손상되어 그 뒤를 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>The file is damaged at {time}; pictures there may be missing or wrong.</source>
        <translation>파일이 {time} 부근에서 손상되었습니다. 그곳의 화면은 빠졌거나 잘못되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>The file is damaged between {first} and {last}; pictures there may be missing or wrong.</source>
        <translation>파일이 {first}~{last} 사이에서 손상되었습니다. 그곳의 화면은 빠졌거나 잘못되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>The file has no time stamps; times are counted from its frame rate.</source>
        <translation>파일에 시각 정보가 없어 프레임 속도로 시간을 계산했습니다.</translation>
    </message>
    <message>
        <source>“{name}” changed while it was analyzed; analyze it again when it is complete.</source>
        <translation>분석하는 동안 “{name}”이(가) 바뀌었습니다. 파일이 완성된 뒤 다시 분석하세요.</translation>
    </message>
    <message>
        <source>“{name}” disappeared while it was analyzed; bring it back and analyze it again.</source>
        <translation>분석하는 동안 “{name}”이(가) 사라졌습니다. 파일을 되돌려 놓고 다시 분석하세요.</translation>
    </message>
    <message>
        <source>Another crimeview is analyzing the same recording, or a copy of it, in this case; analyze it again when that is done.</source>
        <translation>이 사건의 같은 녹화 영상이나 그 사본을 다른 crimeview가 분석하고 있습니다. 그 분석이 끝난 뒤 다시 분석하세요.</translation>
    </message>
    <message>
        <source>“{name}” is not analyzed; analyze it first.</source>
        <translation>“{name}”은(는) 분석되지 않았습니다. 먼저 분석하세요.</translation>
    </message>
    <message>
        <source>The case holds no features of “{name}”; analyze it first.</source>
        <translation>사건에 “{name}”의 특징이 없습니다. 먼저 분석하세요.</translation>
    </message>
    <message>
        <source>Nothing was analyzed from {start} to {end} s of the recording; choose another span.</source>
        <translation>녹화 영상의 {start}~{end}초에서는 분석된 것이 없습니다. 다른 범위를 고르세요.</translation>
    </message>
    <message>
        <source>Nothing moves from {start} to {end} s of the recording, so there is nothing to compare; choose another span.</source>
        <translation>녹화 영상의 {start}~{end}초에는 움직임이 없어 비교할 것이 없습니다. 다른 범위를 고르세요.</translation>
    </message>
    <message>
        <source>{name} has no scores yet; analyze it first.</source>
        <translation>{name}에는 아직 점수가 없습니다. 먼저 분석하세요.</translation>
    </message>
    <message>
        <source>The recording was scored by another version of “{name}”; analyze it again to have its scores explained.</source>
        <translation>이 녹화 영상의 점수는 “{name}”의 다른 버전이 매겼습니다. 점수의 이유를 보려면 다시 분석하세요.</translation>
    </message>
    <message>
        <source>{name} is shorter than it was when it was analyzed; analyze it again.</source>
        <translation>{name}이(가) 분석했을 때보다 짧습니다. 다시 분석하세요.</translation>
    </message>
    <message>
        <source>This span is too short to learn from; choose half a second or more.</source>
        <translation>이 범위는 배우기에 너무 짧습니다. 0.5초 이상을 고르세요.</translation>
    </message>
    <message>
        <source>The recording was analyzed up to {end}; choose a span before that.</source>
        <translation>녹화 영상은 {end}까지 분석되었습니다. 그보다 앞선 범위를 고르세요.</translation>
    </message>
    <message>
        <source>Nothing is stored of this span; analyze the recording again.</source>
        <translation>이 범위에 대해 저장된 것이 없습니다. 녹화 영상을 다시 분석하세요.</translation>
    </message>
    <message>
        <source>What is usual for this camera is not known yet; analyze the recording.</source>
        <translation>이 카메라의 평소 모습을 아직 모릅니다. 녹화 영상을 분석하세요.</translation>
    </message>
    <message>
        <source>What was learned of this camera is of another version of crimeview; let it be learned anew.</source>
        <translation>이 카메라에 대해 배운 것은 다른 버전의 crimeview가 만든 것입니다. 다시 배우게 하세요.</translation>
    </message>
    <message>
        <source>The input of {name} has no fixed size; export it again with a fixed height and width and a batch of 1.</source>
        <translation>{name}의 입력 크기가 고정되어 있지 않습니다. 고정된 높이와 너비, 배치 1로 다시 내보내세요.</translation>
    </message>
    <message>
        <source>{name} has {inputs} inputs and {outputs} outputs where a detector here has one of each; export it without masks and without suppression.</source>
        <translation>{name}에는 입력 {inputs}개와 출력 {outputs}개가 있는데 여기서 쓰는 검출기는 하나씩입니다. 마스크와 중복 제거 없이 내보내세요.</translation>
    </message>
    <message>
        <source>A model cannot be called “{name}”; use small letters, digits, dots and hyphens, a letter or digit first.</source>
        <translation>모델 이름으로 “{name}”을(를) 쓸 수 없습니다. 소문자, 숫자, 점, 하이픈을 쓰고 글자나 숫자로 시작하세요.</translation>
    </message>
    <message>
        <source>The model lacks {file}, or it cannot be read; copy its whole folder again.</source>
        <translation>모델에 {file}이(가) 없거나 읽을 수 없습니다. 폴더 전체를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>The {manifest} beside {name} is that of {other}; put the manifest of {again} beside it.</source>
        <translation>{name} 옆의 {manifest}은(는) {other}의 것입니다. {again}의 매니페스트를 옆에 두세요.</translation>
    </message>
    <message>
        <source>{file} cannot be read; copy the model again.</source>
        <translation>{file}을(를) 읽을 수 없습니다. 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({reason}); give another folder with --out, or set CRIMEVIEW_MODELS to a folder of your own.</source>
        <translation>{folder}에 쓸 수 없습니다({reason}). 명령에 --out으로 다른 폴더를 주거나 CRIMEVIEW_MODELS에 자신의 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{folder} is not a model, so it is not replaced; give another --name.</source>
        <translation>{folder}은(는) 모델이 아니므로 바꾸지 않습니다. 명령에 다른 --name을 주세요.</translation>
    </message>
    <message>
        <source>The exported model “{name}” does not give what the trained network gives (off by {error}); nothing was written.</source>
        <translation>내보낸 모델 “{name}”의 결과가 학습된 신경망과 다릅니다(차이 {error}). 아무것도 저장하지 않았습니다.</translation>
    </message>
    <message>
        <source>Making the pose networks needs the packages onnx and tflite; install them with “pip install &apos;crimeview[pose]&apos;”.</source>
        <translation>자세 신경망을 만들려면 onnx와 tflite 패키지가 필요합니다. “pip install &apos;crimeview[pose]&apos;”로 설치하세요.</translation>
    </message>
    <message>
        <source>{file} does not hold MediaPipe&apos;s pose networks as version 0.10.21 has them; give that version&apos;s wheel, or pose_landmarker_full.task.</source>
        <translation>{file}에는 MediaPipe 0.10.21의 자세 신경망이 없습니다. 그 버전의 wheel이나 pose_landmarker_full.task를 지정하세요.</translation>
    </message>
    <message>
        <source>{file} is damaged; copy or fetch it again.</source>
        <translation>{file}이(가) 손상되었습니다. 다시 복사하거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{file} cannot be read as a PyTorch checkpoint; it may be damaged or of another kind: copy it again, or save the network&apos;s state_dict() and import that.</source>
        <translation>{file}을(를) PyTorch 체크포인트로 읽을 수 없습니다. 손상되었거나 다른 종류일 수 있습니다. 다시 복사하거나, 신경망의 state_dict()를 저장해 가져오세요.</translation>
    </message>
    <message>
        <source>{file} is a PyTorch file without named weights; save the network&apos;s state_dict() and import that.</source>
        <translation>{file}은(는) 이름 있는 가중치가 없는 PyTorch 파일입니다. 신경망의 state_dict()를 저장해 가져오세요.</translation>
    </message>
    <message>
        <source>{file} is a TorchScript program; save the network&apos;s state_dict() and import that.</source>
        <translation>{file}은(는) TorchScript 프로그램입니다. 신경망의 state_dict()를 저장해 가져오세요.</translation>
    </message>
    <message>
        <source>{file} was not loaded, and nothing in it was run, for it asks to run code ({code}) beside its weights; use it only where you trust its maker, to save its state_dict() alone, and import that.</source>
        <translation>{file}은(는) 가중치 외에 코드({code})를 실행하려 하므로 불러오지 않았고, 그 안의 어떤 것도 실행하지 않았습니다. 만든 사람을 믿을 때만 그 파일에서 state_dict()만 저장해 가져오세요.</translation>
    </message>
    <message>
        <source>{file} is a MATLAB file that cannot be read; copy it again.</source>
        <translation>{file}은(는) 읽을 수 없는 MATLAB 파일입니다. 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{file} is a MATLAB file, but not {what}: that has weights and biases under {keys}, this has {found}; give the file of the weights, such as weights_L1L2.mat.</source>
        <translation>{file}은(는) MATLAB 파일이지만 {what}이(가) 아닙니다. {keys}에 가중치와 편향이 있어야 하는데 {found}이(가) 있습니다. weights_L1L2.mat 같은 가중치 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>“{architecture}” describes {wanted}, but {file} has {found}; give the model.json that was published beside the weights.</source>
        <translation>“{architecture}”에는 {wanted}(이)라고 되어 있는데 {file}에는 {found}이(가) 있습니다. 가중치와 함께 공개된 model.json을 지정하세요.</translation>
    </message>
    <message>
        <source>“{architecture}” does not describe a network as Keras does; give the model.json that was published beside the weights.</source>
        <translation>“{architecture}”은(는) Keras의 신경망 설명이 아닙니다. 가중치와 함께 공개된 model.json을 지정하세요.</translation>
    </message>
    <message>
        <source>{file} is a PyTorch checkpoint of a network that is not known here: it has {found}, where {wanted} were expected; import one of these, or export your network to ONNX and write a manifest for it.</source>
        <translation>{file}은(는) 여기서 알지 못하는 신경망의 PyTorch 체크포인트입니다. {found}이(가) 있는데 {wanted}이(가) 있어야 합니다. 그중 하나를 가져오거나, 신경망을 ONNX로 내보내고 매니페스트를 적으세요.</translation>
    </message>
    <message>
        <source>{file} is an HDF5 file (Keras&apos; .h5 or MATLAB 7.3), which cannot be imported; save the weights with PyTorch, or as a MATLAB 5 file.</source>
        <translation>{file}은(는) 가져올 수 없는 HDF5 파일(Keras의 .h5나 MATLAB 7.3)입니다. 가중치를 PyTorch로, 또는 MATLAB 5 파일로 저장하세요.</translation>
    </message>
    <message>
        <source>{file} is no file of weights that is known here; give a PyTorch checkpoint, a MATLAB file of Sultani&apos;s scorer, or an ONNX file with a manifest.json beside it.</source>
        <translation>{file}은(는) 알려진 가중치 파일이 아닙니다. PyTorch 체크포인트, Sultani 채점 모델의 MATLAB 파일, 또는 manifest.json이 함께 있는 ONNX 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason}); give the file of a model.</source>
        <translation>{file}을(를) 읽을 수 없습니다({reason}). 모델 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>The TFLite file uses the activation {name}, which is not converted.</source>
        <translation>TFLite 파일이 변환할 수 없는 활성화 함수 {name}을(를) 씁니다.</translation>
    </message>
    <message>
        <source>The TFLite file uses the operator {name}, which is not converted; take the files of the mediapipe 0.10.21 wheel.</source>
        <translation>TFLite 파일이 변환할 수 없는 연산 {name}을(를) 씁니다. mediapipe 0.10.21 wheel의 파일을 쓰세요.</translation>
    </message>
    <message>
        <source>The TFLite file has quantized weights, which are not converted; take the float file.</source>
        <translation>TFLite 파일에 변환할 수 없는 양자화된 가중치가 있습니다. float 파일을 쓰세요.</translation>
    </message>
    <message>
        <source>The TFLite file has weights that are sparse in blocks, not converted.</source>
        <translation>TFLite 파일에 변환할 수 없는 블록 희소 가중치가 있습니다.</translation>
    </message>
    <message>
        <source>The TFLite file is damaged; copy or fetch it again.</source>
        <translation>TFLite 파일이 손상되었습니다. 다시 복사하거나 내려받으세요.</translation>
    </message>
    <message>
        <source>This is not a TFLite file: it does not carry the letters TFL3.</source>
        <translation>TFLite 파일이 아닙니다. TFL3 표시가 없습니다.</translation>
    </message>
    <message>
        <source>{file} does not fit: {name} must be {shape} floating-point numbers, but is {found} of {kind}; import the published weights.</source>
        <translation>{file}이(가) 맞지 않습니다. {name}은(는) {shape}개의 부동 소수점 수여야 하는데 {kind} {found}입니다. 공개된 가중치를 가져오세요.</translation>
    </message>
    <message>
        <source>{file} has weights that the published network has not ({names}), so it is another network; import the published weights, or export yours to ONNX and write a manifest.</source>
        <translation>{file}에는 공개된 신경망에 없는 가중치({names})가 있어 다른 신경망입니다. 공개된 가중치를 가져오거나, 신경망을 ONNX로 내보내고 매니페스트를 적으세요.</translation>
    </message>
    <message>
        <source>{file} is damaged: {name} has numbers that are not finite; get the file again.</source>
        <translation>{file}이(가) 손상되었습니다. {name}에 유한하지 않은 수가 있습니다. 파일을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is incomplete: {names} missing (it has {found}); get the file again.</source>
        <translation>{file}이(가) 온전하지 않습니다. 빠진 것: {names}(있는 것: {found}). 파일을 다시 받으세요.</translation>
    </message>
    <message>
        <source>A part of the graph could not be stored beside the library; free some space on its disk. Building goes on; what is not stored is lost if it is stopped.</source>
        <translation>만든 그래프의 일부를 라이브러리 옆에 저장하지 못했습니다. 디스크의 공간을 확보하세요. 그래프는 계속 만들지만, 중지하면 저장하지 못한 부분은 잃습니다.</translation>
    </message>
    <message>
        <source>The graph is being built already, by another window or command; wait for its end.</source>
        <translation>그래프를 다른 창이나 명령이 이미 만들고 있습니다. 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>The graph cannot be built: nothing can be written beside the library ({reason}).</source>
        <translation>그래프를 만들 수 없습니다. 라이브러리 옆에 아무것도 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>The graph was removed by another window or command before it could be searched; build it again.</source>
        <translation>그래프로 검색하기 전에 다른 창이나 명령이 그래프를 지웠습니다. 다시 만드세요.</translation>
    </message>
    <message>
        <source>The library&apos;s vectors of {space} are of {held} numbers, not of {given}: another encoder has made them. Use a library of its own for these.</source>
        <translation>라이브러리에 있는 {space}의 벡터는 수 {given}개가 아니라 {held}개짜리입니다. 다른 인코더가 만든 것입니다. 이 벡터에는 별도의 라이브러리를 쓰세요.</translation>
    </message>
    <message>
        <source>The package {folder} has vectors of {space} of {given} numbers, the library of {held}: another encoder has made them. Use a library of its own for these. Nothing was added.</source>
        <translation>패키지 {folder}에 있는 {space}의 벡터는 수 {given}개짜리인데 라이브러리는 {held}개짜리입니다. 다른 인코더가 만든 것입니다. 이 벡터에는 별도의 라이브러리를 쓰세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>The server keeps the search index of {library} itself; there is nothing to build.</source>
        <translation>{library}의 검색 색인은 서버가 직접 관리하므로 만들 것이 없습니다.</translation>
    </message>
    <message>
        <source>The clip {file} is not what was copied; remove the segment {segment} and add it again, or export --without-clips.</source>
        <translation>클립 {file}이(가) 복사한 것과 다릅니다. 구간 {segment}을(를) 제거하고 다시 추가하거나, 클립 없이 내보내세요(--without-clips).</translation>
    </message>
    <message>
        <source>The clip {file} cannot be copied into the library ({reason}); free some space and import the package again.</source>
        <translation>클립 {file}을(를) 라이브러리로 복사할 수 없습니다({reason}). 공간을 비우고 패키지를 다시 가져오세요.</translation>
    </message>
    <message>
        <source>The package {folder} cannot be read ({table}.parquet is no table); have it exported again. Nothing was added.</source>
        <translation>패키지 {folder}을(를) 읽을 수 없습니다({table}.parquet이 표가 아님). 다시 내보내 달라고 하세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>The package {folder} holds what docs/library.md does not describe ({what}); have it exported again. Nothing was added.</source>
        <translation>패키지 {folder}에 docs/library.md에 없는 것({what})이 들어 있습니다. 다시 내보내 달라고 하세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>The package {folder} holds what docs/library.md does not describe ({what}); have it exported again.</source>
        <translation>패키지 {folder}에 docs/library.md에 없는 것({what})이 들어 있습니다. 다시 내보내 달라고 하세요.</translation>
    </message>
    <message>
        <source>The package {folder} lacks the columns {columns} in {table}.parquet; have it exported again. Nothing was added.</source>
        <translation>패키지 {folder}의 {table}.parquet에 {columns} 열이 없습니다. 다시 내보내 달라고 하세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>The rows of {table}.parquet in the package {folder} are not in the order of its segments; have it exported again. Nothing was added.</source>
        <translation>패키지 {folder}에 있는 {table}.parquet의 행이 구간의 순서와 다릅니다. 다시 내보내 달라고 하세요. 아무것도 추가하지 않았습니다.</translation>
    </message>
    <message>
        <source>A vector of {name} is not of length one; similarities with it would mean nothing. Have what was to be added made again.</source>
        <translation>{name}의 벡터 길이가 1이 아니어서 유사도가 아무 뜻이 없습니다. 추가하려는 것을 다시 만들게 하세요.</translation>
    </message>
    <message>
        <source>The vectors of {name} are of {counts} numbers, and all must be of as many; have what was to be added made again with one encoder.</source>
        <translation>{name}의 벡터는 수 {counts}개짜리인데 모두 같아야 합니다. 추가하려는 것을 한 인코더로 다시 만들게 하세요.</translation>
    </message>
    <message>
        <source>What this case has learned of types cannot be read; forget it with “crimeview types forget” and learn again.</source>
        <translation>이 사건에서 유형에 대해 학습한 것을 읽을 수 없습니다. “crimeview types forget” 명령으로 지우고 다시 학습하세요.</translation>
    </message>
    <message>
        <source>The map cannot be kept in {file} ({reason}); free some space, or allow writing there. It is made anew the next time.</source>
        <translation>지도를 {file}에 보관할 수 없습니다({reason}). 공간을 비우거나 그곳에 쓰기를 허용하세요. 다음에 새로 만듭니다.</translation>
    </message>
    <message>
        <source>The map could not be made ({reason}); report this with the log.</source>
        <translation>지도를 만들지 못했습니다({reason}). 로그와 함께 신고해 주세요.</translation>
    </message>
    <message>
        <source>The process that makes the map ended unexpectedly, perhaps for want of memory; close other programs, or map fewer segments.</source>
        <translation>지도를 만들던 프로세스가 뜻밖에 끝났습니다. 메모리가 모자랐을 수 있습니다. 다른 프로그램을 닫거나 구간 수를 줄이세요.</translation>
    </message>
    <message>
        <source>The names of clusters in {file} cannot be read; restore the file from a copy, or delete it and name the clusters anew.</source>
        <translation>{file}에 있는 군집의 이름을 읽을 수 없습니다. 파일을 사본으로 되돌리거나, 파일을 지우고 군집에 다시 이름을 붙이세요.</translation>
    </message>
    <message>
        <source>The names of clusters in {file} were written by a newer crimeview; update crimeview to use them.</source>
        <translation>{file}에 있는 군집의 이름은 더 새로운 crimeview로 저장되었습니다. 쓰려면 crimeview를 업데이트하세요.</translation>
    </message>
    <message>
        <source>No cluster has a name yet; give one with “crimeview groupings name”, or analyze with the encoder that was used when names were given.</source>
        <translation>아직 이름이 있는 군집이 없습니다. “crimeview groupings name” 명령으로 이름을 붙이거나, 이름을 붙일 때 쓴 인코더로 분석하세요.</translation>
    </message>
    <message>
        <source>No cluster is named “{name}”; there are: {names}.</source>
        <translation>이름이 “{name}”인 군집이 없습니다. 있는 이름: {names}.</translation>
    </message>
    <message>
        <source>No cluster is named “{name}”.</source>
        <translation>이름이 “{name}”인 군집이 없습니다.</translation>
    </message>
    <message>
        <source>There is no cluster {cluster}; {method} makes {count}, numbered from 0.</source>
        <translation>군집 {cluster}이(가) 없습니다. {method}은(는) 군집 {count}개를 만들며 번호는 0부터입니다.</translation>
    </message>
    <message>
        <source>The library has no segment {segment}; give numbers that a search has shown.</source>
        <translation>라이브러리에 구간 {segment}이(가) 없습니다. 찾기 결과에 나온 번호를 쓰세요.</translation>
    </message>
    <message>
        <source>The manifest is not valid JSON: {reason}.</source>
        <translation>매니페스트가 올바른 JSON이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>The model&apos;s {part} is not valid: {reason}.</source>
        <translation>모델의 {part}이(가) 올바르지 않습니다: {reason}.</translation>
    </message>
    <message>
        <source>Correct {file} or copy the model again.</source>
        <translation>{file}을(를) 고치거나 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason}); allow reading that folder or copy the model again.</source>
        <translation>{file}을(를) 읽을 수 없습니다({reason}). 그 폴더를 읽을 수 있게 하거나 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>The model in {folder} calls itself “{name}”; give its folder that name.</source>
        <translation>{folder}의 모델은 스스로를 “{name}”(이)라고 합니다. 폴더 이름을 그렇게 바꾸세요.</translation>
    </message>
    <message>
        <source>The model “{name}” has no {precision} variant; run it in fp32.</source>
        <translation>모델 “{name}”에는 {precision} 변형이 없습니다. fp32로 실행하세요.</translation>
    </message>
    <message>
        <source>The model “{name}” cannot be run in {precision} on the engine {engine} here: {reason}; choose another, or let the program choose.</source>
        <translation>모델 “{name}”은(는) 이 컴퓨터의 {engine} 엔진에서 {precision}(으)로 실행할 수 없습니다: {reason}. 다른 것을 고르거나 자동으로 두세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not a detector (its kind is {kind}); import one with: crimeview models import FILE.onnx</source>
        <translation>모델 “{name}”은(는) 검출기가 아닙니다(종류: {kind}). 검출기를 가져오세요: crimeview models import FILE.onnx</translation>
    </message>
    <message>
        <source>The model “{name}” is not a detector (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 검출기가 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not an encoder (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 인코더가 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not a frame classifier (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 프레임 분류기가 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not a projection (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 투영이 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not a scorer (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 채점 모델이 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not a sequence classifier (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 순서 분류기가 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not a type classifier (its kind is {kind}); choose another.</source>
        <translation>모델 “{name}”은(는) 유형 분류기가 아닙니다(종류: {kind}). 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The model “{name}” is not one for {part}; fetch it with: crimeview models fetch pose</source>
        <translation>모델 “{name}”은(는) {part}용이 아닙니다. 내려받으세요: crimeview models fetch pose</translation>
    </message>
    <message>
        <source>The pose networks are not in {place}; {how}</source>
        <translation>자세 신경망이 {place}에 없습니다. {how}</translation>
    </message>
    <message>
        <source>The detector has no class for people; its classes are {classes}. Import one that finds people.</source>
        <translation>검출기에 사람 분류가 없습니다. 있는 분류: {classes}. 사람을 찾는 검출기를 가져오세요.</translation>
    </message>
    <message>
        <source>The network&apos;s output ({shape}) is not one of a detector of the YOLO family (YOLOX, v5, v7, v8, v11, or end to end with boxes of six numbers); export it again with one output, a fixed size and a batch of 1.</source>
        <translation>신경망의 출력({shape})이 YOLO 계열 검출기(YOLOX, v5, v7, v8, v11, 또는 수 여섯 개짜리 상자를 바로 내는 것)의 출력이 아닙니다. 출력 하나, 고정 크기, 배치 1로 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The detector “{name}” has no fixed size; import it again.</source>
        <translation>검출기 “{name}”의 크기가 고정되어 있지 않습니다. 다시 가져오세요.</translation>
    </message>
    <message>
        <source>The manifest of the encoder “{name}” does not say how many features it gives; correct the output&apos;s shape.</source>
        <translation>인코더 “{name}”의 매니페스트에 특징의 수가 없습니다. 출력의 모양을 고치세요.</translation>
    </message>
    <message>
        <source>The manifest of the frame classifier “{name}” must have one output and a threshold; correct it or copy the model again.</source>
        <translation>프레임 분류기 “{name}”의 매니페스트에는 출력 하나와 임계값이 있어야 합니다. 고치거나 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>The manifest of “{name}” must have an input of {rows} by {columns} numbers and a threshold; correct it or copy the model again.</source>
        <translation>“{name}”의 매니페스트에는 수 {rows}×{columns}개의 입력과 임계값이 있어야 합니다. 고치거나 모델을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{engine} is not installed; {how}, or choose the engine cpu.</source>
        <translation>{engine} 엔진이 설치되어 있지 않습니다({how}). 설치하거나 cpu 엔진을 고르세요.</translation>
    </message>
    <message>
        <source>OpenVINO is not installed; install it with: pip install &apos;crimeview[openvino]&apos;</source>
        <translation>OpenVINO가 설치되어 있지 않습니다. 설치하세요: pip install &apos;crimeview[openvino]&apos;</translation>
    </message>
    <message>
        <source>What was measured cannot be kept in {file} ({reason}); allow writing there.</source>
        <translation>측정 결과를 {file}에 저장할 수 없습니다({reason}). 그곳에 쓰기를 허용하세요.</translation>
    </message>
    <message>
        <source>{model} could not run ({reason}).</source>
        <translation>{model}을(를) 실행하지 못했습니다({reason}).</translation>
    </message>
    <message>
        <source>{model} does not agree with its manifest: the {part} should be the float32 {name} {shape}, but the file has {found}.</source>
        <translation>{model}이(가) 매니페스트와 맞지 않습니다. {part}은(는) float32인 {name} {shape}이어야 하는데 파일에는 {found}이(가) 있습니다.</translation>
    </message>
    <message>
        <source>{model} does not reproduce its check on this computer: it is off by {error} where {allowed} is allowed; do not use it here, and report this with your processor and the engine {engine}.</source>
        <translation>{model}의 점검 결과가 이 컴퓨터에서 맞지 않습니다. 차이가 {error}인데 {allowed}까지만 허용됩니다. 여기에서 쓰지 말고, 프로세서와 {engine} 엔진을 함께 적어 신고해 주세요.</translation>
    </message>
    <message>
        <source>{model} gives {count} numbers for its check where its manifest has {wanted}; copy the model folder again.</source>
        <translation>{model}은(는) 점검에서 수 {count}개를 내는데 매니페스트에는 {wanted}개입니다. 모델 폴더를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>No sound can be played on this computer; connect a loudspeaker and open the recording again.</source>
        <translation>이 컴퓨터에서 소리를 낼 수 없습니다. 스피커를 연결하고 녹화 영상을 다시 여세요.</translation>
    </message>
    <message>
        <source>This build of FFmpeg has no {part}, so cameras of this computer cannot be opened; connect one over the network instead.</source>
        <translation>이 FFmpeg에는 {part}이(가) 없어 이 컴퓨터의 카메라를 열 수 없습니다. 대신 네트워크 카메라를 연결하세요.</translation>
    </message>
    <message>
        <source>The password of “{camera}” is not known: the keyring of this computer does not give it. Unlock it, or write the password into the camera&apos;s address.</source>
        <translation>“{camera}”의 암호를 알 수 없습니다. 이 컴퓨터의 키링이 내주지 않습니다. 키링의 잠금을 풀거나 카메라 주소에 암호를 적으세요.</translation>
    </message>
    <message>
        <source>From 1 to {most} cameras are watched at once.</source>
        <translation>카메라는 한 번에 1대에서 {most}대까지 감시합니다.</translation>
    </message>
    <message>
        <source>There is no alarm rule “{name}”: {known}.</source>
        <translation>경보 규칙 “{name}”이(가) 없습니다: {known}.</translation>
    </message>
    <message>
        <source>There is no delivery “{name}”: {known}.</source>
        <translation>알림 대상 “{name}”이(가) 없습니다: {known}.</translation>
    </message>
    <message>
        <source>Line {line} of {file} is no annotation; write “name class start end”, in frames, and -1 where there is none.</source>
        <translation>{file}의 {line}번째 줄은 주석이 아닙니다. “name class start end”를 프레임 단위로 적고, 없으면 -1을 적으세요.</translation>
    </message>
    <message>
        <source>The annotations {file} cannot be read; check the file.</source>
        <translation>주석 파일 {file}을(를) 읽을 수 없습니다. 파일을 확인하세요.</translation>
    </message>
    <message>
        <source>The table {file} does not say when anything happens; give it columns “name”, “start” and “end” in seconds, or “frames” and “anomalous_frames”.</source>
        <translation>표 {file}에는 언제 일어났는지가 없습니다. 초 단위의 “name”, “start”, “end” 열이나 “frames”, “anomalous_frames” 열을 넣으세요.</translation>
    </message>
    <message>
        <source>There are no annotations in {file}; choose another file.</source>
        <translation>{file}에는 주석이 없습니다. 다른 파일을 고르세요.</translation>
    </message>
    <message>
        <source>“{text}” in line {line} of {file} is no number; write seconds or frames.</source>
        <translation>{file}의 {line}번째 줄에 있는 “{text}”은(는) 숫자가 아닙니다. 초나 프레임을 적으세요.</translation>
    </message>
    <message>
        <source>The table {file} has no rows; list one recording a line.</source>
        <translation>표 {file}에 줄이 없습니다. 한 줄에 녹화 영상 하나씩 적으세요.</translation>
    </message>
    <message>
        <source>The table is damaged in line {line} ({reason}); save it as CSV again.</source>
        <translation>표의 {line}번째 줄이 손상되었습니다({reason}). CSV로 다시 저장하세요.</translation>
    </message>
    <message>
        <source>The table {file} cannot be read ({reason}); check the path.</source>
        <translation>표 {file}을(를) 읽을 수 없습니다({reason}). 경로를 확인하세요.</translation>
    </message>
    <message>
        <source>The table {file} is not text; save it as CSV in UTF-8.</source>
        <translation>표 {file}은(는) 텍스트가 아닙니다. UTF-8의 CSV로 저장하세요.</translation>
    </message>
    <message>
        <source>The table {file} needs the columns {wanted} in its first line; it has {found}.</source>
        <translation>표 {file}의 첫 줄에는 {wanted} 열이 있어야 합니다. 지금 있는 열: {found}.</translation>
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
        <translation>살펴볼 만한 구간이며, 점수가 높은 것부터 나옵니다. {next} 키로 다음 구간, {confirm} 키로 확정, {dismiss} 키로 기각, {unsure} 키로 불확실을 정하고, {undo} 키로 무엇이든 되돌립니다.</translation>
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
        <source>Recordin&amp;g around alarms…</source>
        <translation>경보 전후 녹화(&amp;G)…</translation>
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
        <translation>경보 클립 보기(&amp;C)</translation>
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
        <translation>이 경보의 클립이 없습니다. 아직 녹화 중이거나, 삭제되었거나, 카메라가 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>새 경보 {count}건</translation>
    </message>
    <message>
        <source>No alarm rules yet: no alarms will be raised.</source>
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
        <source>{count} of them cannot raise all they should</source>
        <translation>그중 {count}개는 경보를 다 울릴 수 없음</translation>
    </message>
    <message>
        <source>Watch cameras while it happens</source>
        <translation>일어나는 순간을 카메라로 지켜보세요</translation>
    </message>
    <message>
        <source>Add a camera by its address (rtsp://, http://, webcam:0), or a recording that is played as one. Scores run beneath each picture; alarms are raised by rules that you try on recordings first. A score is a lead, not a finding.</source>
        <translation>주소(rtsp://, http://, webcam:0)로 카메라를 추가하거나, 카메라처럼 재생할 녹화 영상을 추가하세요. 화면마다 아래에 점수가 흐르고, 먼저 녹화 영상에서 시험해 본 규칙이 경보를 울립니다. 점수는 단서일 뿐, 결론이 아닙니다.</translation>
    </message>
    <message>
        <source>No alarms</source>
        <translation>경보 없음</translation>
    </message>
    <message>
        <source>What armed rules raise is listed here, with a clip from before it began.</source>
        <translation>경계 중인 규칙이 울린 경보가 시작 전부터의 클립과 함께 여기에 표시됩니다.</translation>
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
        <source>People are followed on {count} of them.</source>
        <translation>그중 {count}대에서 사람을 추적합니다.</translation>
    </message>
    <message>
        <source>Scores take {times} times as long as the processor works on them: others may have it.</source>
        <translation>점수를 내는 데 프로세서가 실제로 일한 시간의 {times}배가 걸립니다. 다른 프로그램이 프로세서를 쓰고 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>Pictures and clips left out in the last seconds, for want of time: {count}.</source>
        <translation>지난 몇 초 동안 시간이 모자라 영상과 클립 {count}개를 보지 못했습니다.</translation>
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
        <translation>이례성</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>카메라 끊김</translation>
    </message>
    <message>
        <source>violence {score}</source>
        <translation>폭력 {score}</translation>
    </message>
    <message>
        <source>novelty {score}</source>
        <translation>이례성 {score}</translation>
    </message>
    <message>
        <source>theft {score}</source>
        <translation>절도 {score}</translation>
    </message>
    <message>
        <source>events {score}</source>
        <translation>이상 상황 {score}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>점수 {score}</translation>
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
        <translation>이메일</translation>
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
        <source>All recordings</source>
        <translation>모든 녹화 영상</translation>
    </message>
    <message>
        <source>Last night, from 20:00 to 08:00</source>
        <translation>지난밤, 20:00부터 08:00까지</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>지난 24시간</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>지난 7일</translation>
    </message>
    <message>
        <source>This rule would have raised 1 alarm last night ({time} known).</source>
        <translation>이 규칙은 지난밤에 경보를 1번 울렸을 것입니다(녹화 영상 {time} 기준).</translation>
    </message>
    <message>
        <source>This rule would have raised {count} alarms last night ({time} known).</source>
        <translation>이 규칙은 지난밤에 경보를 {count}번 울렸을 것입니다(녹화 영상 {time} 기준).</translation>
    </message>
    <message>
        <source>This rule would have raised 1 alarm in 24 hours ({time} known).</source>
        <translation>이 규칙은 24시간 동안 경보를 1번 울렸을 것입니다(녹화 영상 {time} 기준).</translation>
    </message>
    <message>
        <source>This rule would have raised {count} alarms in 24 hours ({time} known).</source>
        <translation>이 규칙은 24시간 동안 경보를 {count}번 울렸을 것입니다(녹화 영상 {time} 기준).</translation>
    </message>
    <message>
        <source>This rule would have raised 1 alarm in 7 days ({time} known).</source>
        <translation>이 규칙은 7일 동안 경보를 1번 울렸을 것입니다(녹화 영상 {time} 기준).</translation>
    </message>
    <message>
        <source>This rule would have raised {count} alarms in 7 days ({time} known).</source>
        <translation>이 규칙은 7일 동안 경보를 {count}번 울렸을 것입니다(녹화 영상 {time} 기준).</translation>
    </message>
    <message>
        <source>no recordings</source>
        <translation>녹화 영상 없음</translation>
    </message>
    <message>
        <source>{count} in {time}</source>
        <translation>{time}에 {count}번</translation>
    </message>
    <message>
        <source>{count} last night</source>
        <translation>지난밤 {count}번</translation>
    </message>
    <message>
        <source>{count} in 24 hours</source>
        <translation>24시간에 {count}번</translation>
    </message>
    <message>
        <source>{count} in 7 days</source>
        <translation>7일에 {count}번</translation>
    </message>
    <message>
        <source>No recording with such scores is known to be of that time: analyze some, or say when they were recorded.</source>
        <translation>그 기간에 촬영된 것으로 알려진, 이런 점수가 있는 녹화 영상이 없습니다. 녹화 영상을 분석하거나 촬영 시각을 알려 주세요.</translation>
    </message>
    <message>
        <source>There are no such scores to try it on: analyze recordings of the camera first.</source>
        <translation>시험해 볼 점수가 없습니다. 먼저 이 카메라의 녹화 영상을 분석하세요.</translation>
    </message>
    <message>
        <source>This rule would have raised 1 alarm in {time} of recordings.</source>
        <translation>이 규칙은 녹화 영상 {time} 동안 경보를 1번 울렸을 것입니다.</translation>
    </message>
    <message>
        <source>Each camera is looked at every {every} s; that takes {load} % of {cores} cores.</source>
        <translation>카메라마다 {every}초에 한 번 분석하며, 코어 {cores}개의 {load}%를 씁니다.</translation>
    </message>
    <message>
        <source>This rule would have raised {count} alarms in {time} of recordings.</source>
        <translation>이 규칙은 녹화 영상 {time} 동안 경보를 {count}번 울렸을 것입니다.</translation>
    </message>
    <message>
        <source>Where the time of day is not known it was tried as if always on.</source>
        <translation>시각을 모르는 녹화 영상에서는 항상 켜진 것으로 시험했습니다.</translation>
    </message>
    <message>
        <source>Its zone was left out: stored scores are of the whole picture.</source>
        <translation>저장된 점수는 화면 전체의 것이라 구역은 따지지 않았습니다.</translation>
    </message>
    <message>
        <source>Not sure, since they hang on where clips happen to begin: {count}. A lower threshold or a shorter duration is surer.</source>
        <translation>클립이 시작되는 위치에 따라 달라져 확실하지 않은 경보: {count}번. 임계값을 낮추거나 지속 시간을 줄이면 더 확실합니다.</translation>
    </message>
    <message>
        <source>More until it is known what is usual for the camera: {count}.</source>
        <translation>카메라의 평소 모습을 알게 되기 전까지 더 울릴 경보: {count}번.</translation>
    </message>
    <message>
        <source>Recordings without such scores: {count}.</source>
        <translation>이런 점수가 없는 녹화 영상: {count}개.</translation>
    </message>
    <message>
        <source>Clips around alarms, which are left out: {count}.</source>
        <translation>경보 클립이라 제외한 녹화 영상: {count}개.</translation>
    </message>
    <message>
        <source>ALARM  {camera}, {time}: {what}</source>
        <translation>경보  {camera}, {time}: {what}</translation>
    </message>
    <message>
        <source>{count} more</source>
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
    <message>
        <source>It sends pictures: {width} by {height}, {codec}.</source>
        <translation>화면이 옵니다: {width}×{height}, {codec}.</translation>
    </message>
    <message>
        <source>The password of “{name}” is not known any more; write it into the camera&apos;s address.</source>
        <translation>“{name}”의 암호를 더는 알 수 없습니다. 카메라 주소에 다시 입력하세요.</translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message>
        <source>The rule “{rule}” listens to thefts: they are looked for from the next time that watching is started.</source>
        <translation>규칙 “{rule}”은(는) 절도를 감시합니다. 감시를 다시 시작하면 그때부터 절도를 찾습니다.</translation>
    </message>
    <message>
        <source>Alarm of {camera}, rule “{rule}”: the wall shows it.</source>
        <translation>{camera} 경보, 규칙 “{rule}”: 감시 화면에서 볼 수 있습니다.</translation>
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
        <translation>남은 녹화 영상 분석(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>Analyze the &amp;recording again</source>
        <translation>녹화 영상 다시 분석(&amp;R)</translation>
    </message>
    <message>
        <source>Analyze recordings when they are &amp;opened</source>
        <translation>녹화 영상을 열 때 바로 분석(&amp;O)</translation>
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
        <source>&amp;Guide</source>
        <translation>안내서(&amp;G)</translation>
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
    <message>
        <source>No picture yet: watch the cameras and open this again</source>
        <translation>아직 화면이 없습니다. 카메라를 감시한 뒤 다시 여세요.</translation>
    </message>
</context>
</TS>
