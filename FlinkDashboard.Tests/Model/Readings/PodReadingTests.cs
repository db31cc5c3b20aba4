using System.Text;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Readings;

/// <summary>The words and numbers of <c>kubectl get pods</c>.</summary>
public class PodReadingTests
{
    private const string Running = """{"name":"a","ready":true,"restartCount":0,"state":{"running":{}}}""";

    public static TheoryData<string, string, string, int> Pods => new()
    {
        { """{"phase":"Running","containerStatuses":[R,R]}""", "2/2", "Running", 0 },
        { """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable"}]}""", "0/2", "Pending", 0 },
        { """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}""", "0/2", "SchedulingGated", 0 },
        { """{"phase":"Pending","containerStatuses":[{"name":"a","state":{"waiting":{"reason":"ContainerCreating"}}}]}""", "0/2", "ContainerCreating", 0 },
        { """{"phase":"Running","containerStatuses":[R,{"name":"b","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "1/2", "CrashLoopBackOff", 4 },
        { """{"phase":"Succeeded","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""", "0/2", "Completed", 0 },
        { """{"phase":"Failed","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":3}}}]}""", "0/2", "ExitCode:3", 0 },
        { """{"phase":"Failed","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":137,"signal":9}}}]}""", "0/2", "Signal:9", 0 },
        { """{"phase":"Failed","reason":"Evicted"}""", "0/2", "Evicted", 0 },
        { """{"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"running":{}}}]}""", "0/2", "Init:0/2", 0 },
        { """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "0/2", "Init:CrashLoopBackOff", 2 },
        { """{"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""", "0/2", "Init:Error", 0 },
        { """{"phase":"Running","containerStatuses":[R,{"name":"b","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}],"conditions":[{"type":"Ready","status":"False"}]}""", "1/2", "NotReady", 0 },
        { """{"phase":"Running","containerStatuses":[{"name":"b","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},R],"conditions":[{"type":"Ready","status":"True"}]}""", "1/2", "Running", 0 },
        { """{"phase":"Running","containerStatuses":[{"name":"b","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},R],"conditions":[]}""", "1/2", "NotReady", 0 },
        { """{"phase":"Sublimated"}""", "0/2", "Sublimated", 0 },
        { "{}", "0/2", "", 0 },
    };

    [Theory]
    [MemberData(nameof(Pods))]
    public void Pod_IsRead_AsKubectlPrintsIt(string status, string ready, string word, int restarts)
    {
        var reading = PodReading.Of(Pod(status));
        Assert.Equal((ready, word, restarts), (reading.ReadyText, reading.Status, reading.Restarts));
        Assert.Equal(word == "Running" && ready == "2/2", reading.IsReady);
    }

    [Fact]
    public void Pod_OnItsWayOut_IsTerminating_UnlessItHasEnded()
    {
        const string deleting = ""","deletionTimestamp":"2026-11-24T16:00:00Z" """;
        Assert.Equal("Terminating", PodReading.Of(Pod($$"""{"phase":"Running","containerStatuses":[R,R]}""", deleting)).Status);
        Assert.Equal("Unknown", PodReading.Of(Pod("""{"phase":"Running","reason":"NodeLost"}""", deleting)).Status);
        Assert.Equal("Failed", PodReading.Of(Pod("""{"phase":"Failed"}""", deleting)).Status);
    }

    [Fact]
    public void LastRestart_IsTheNewestEnd()
    {
        var reading = PodReading.Of(Pod("""{"phase":"Running","containerStatuses":[{"name":"a","restartCount":1,"lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-11-24T16:00:00Z"}}},{"name":"b","restartCount":2,"lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-11-24T16:05:00Z"}}}]}"""));
        Assert.Equal(3, reading.Restarts);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 16, 5, 0, TimeSpan.Zero), reading.LastRestart);
    }

    [Fact]
    public void Requests_AreTheSumOfContainers_OrTheLargestInitContainer()
    {
        var pod = KindParsing.Parse<Pod>("""{"spec":{"initContainers":[{"name":"i","resources":{"requests":{"cpu":"2"}}},{"name":"s","restartPolicy":"Always","resources":{"requests":{"cpu":"50m"}}}],"containers":[{"name":"a","resources":{"requests":{"cpu":"500m","memory":"1Gi"}}},{"name":"b","resources":{"requests":{"cpu":"250m"}}}]}}"""u8);
        Assert.Equal(new PodResources(2.05m, 1073741824m), PodResources.RequestsOf(pod));
    }

    private static Pod Pod(string status, string deleting = "") => KindParsing.Parse<Pod>(Encoding.UTF8.GetBytes(
        $$"""{"metadata":{"name":"p"{{deleting}}},"spec":{"initContainers":[{"name":"i"},{"name":"k"}],"containers":[{"name":"a"},{"name":"b"}]},"status":{{status.Replace("R,", Running + ",", StringComparison.Ordinal).Replace("R]", Running + "]", StringComparison.Ordinal)}}}"""));
}
