<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>CaseDialog</name>
    <message>
        <source>Case settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arson, illegal dumping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Further crime types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are kept in the case, for everybody who opens it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaseFiles</name>
    <message>
        <source>Cutting clips for training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} clips and their labels are in {folder}.</source>
        <translation type="unfinished"></translation>
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
        <source>Choose a folder that may hold the missing recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder for the clips and their labels</source>
        <translation type="unfinished"></translation>
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
    <name>ErrandRow</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>Wait for what is under way, or stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>{state}: {count}, listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{state}: {count}, not listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The highest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lowest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words are looked for in names, types, tags, notes and reviewers.
One column: {example}. Comparing: {comparison}.
Columns: {columns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A recording is not where it was. File &gt; Find missing recordings looks for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} recordings are not where they were. File &gt; Find missing recordings looks for them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found} found, {missing} still missing.</source>
        <translation type="unfinished"></translation>
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
        <source>{times}×</source>
        <translation>{times}배</translation>
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
    <name>RecordingList</name>
    <message>
        <source>The file is missing</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other recording has a picture of the same size and other regions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} regions were copied to other recordings.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>Regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next region: {use}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click corner by corner, double-click to close; drag corners and regions.
N new · Tab next corner · arrows move it, Shift farther · Ctrl+arrows move the region
I insert a corner · Del delete it · Shift+Del delete the region · PgDn next region
X ignore or watch · Enter done</source>
        <translation type="unfinished"></translation>
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
        <source>Show the probability of &amp;violence</source>
        <translation>폭력 확률 표시(&amp;V)</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on to the next new one after a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next segment to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous segment to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A segment of yours begins here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and ends here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the segment here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the segment here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split the segment here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge with the next, or all chosen ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete your segment, or what you said of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List only new ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List everything again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose all listed segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the next one too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the previous one too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Draw regions to ignore or to watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy the regions to recordings of the same size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show r&amp;egions</source>
        <translation type="unfinished"></translation>
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
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No segment is chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{segments} chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter goes back to the segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has looked at this yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file has changed since</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewProgress</name>
    <message>
        <source>Progress of the review</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewText</name>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Robbery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Burglary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vandalism</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shooting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explosion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished">점수</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished">길이</translation>
    </message>
    <message>
        <source>Mean score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find the file again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Case settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reviewed} of {total} reviewed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>Press [ where the segment begins, then ] at its end.</source>
        <translation type="unfinished"></translation>
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
        <source>Threshold: scores from here on are leads</source>
        <translation>임계값: 점수가 이 값 이상이면 단서로 봅니다</translation>
    </message>
</context>
<context>
    <name>SegmentList</name>
    <message>
        <source>{state}: {name}, {start} to {end}, highest score {peak} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segments</source>
        <translation type="unfinished">구간</translation>
    </message>
</context>
<context>
    <name>SegmentPanel</name>
    <message>
        <source>Segments</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No segment fits what is looked for. Shift+W lists everything again.</source>
        <translation type="unfinished"></translation>
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
        <source>Analysis</source>
        <translation>분석</translation>
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
        <source>Compute on</source>
        <translation>계산 장치</translation>
    </message>
    <message>
        <source>&amp;Compute on</source>
        <translation>계산 장치(&amp;C)</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
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
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
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
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
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
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Playing speed</source>
        <translation>재생 속도</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Case &amp;settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find &amp;missing recordings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export decisions for training…</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
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
        <source>&amp;Keyboard shortcuts</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Something went wrong in crimeview; {path} says what.</source>
        <translation>crimeview에 문제가 생겼습니다. 자세한 내용은 {path}에 있습니다.</translation>
    </message>
</context>
</TS>
