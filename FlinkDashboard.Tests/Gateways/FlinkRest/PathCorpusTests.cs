using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Tests.Gateways.FlinkRest;

/// <summary>What may be sent to a JobManager and what never is.</summary>
public sealed class PathCorpusTests
{
    private const string Job = "6b82bb48f2e5de2554598b8938db1aae";
    private const string Vertex = "8eeed16b661251f13cfc6a3c5e75c420";

    public static TheoryData<string> Refused =>
    [
        "", "/", "//", "overview", "jobs/overview", "http://elsewhere/overview", "//elsewhere/overview", "/overview/", "/overview//", "//overview", "/./overview", "/../overview",
        "/jobs/../overview", "/jobs/..", "/jobs/.", "/jobs/../../api/v1/secrets", "/jobs/%2e%2e/overview", "/jobs/%2E%2E/jars", "/jobs/..%2fjars", "/%6aars", "/jobs%2Foverview", "/overview%00", "/overview%0d%0aHost:x",
        "/overview\r\nX: y", "/overview\n", "/overview\t", "/over view", "/overview\\", "/..\\..\\jars", "/jobs\\overview", "/overview#", "/overview#/jars", "/overview;x=1", "/overview;/../jars", "/Overview", "/OVERVIEW", "/v1/overview",
        "/jars", "/jars/upload", $"/jars/{Job}_x.jar/run", "/jars/x.jar/plan", "/cluster", "/datasets", "/index.html", "/web/", "/main.js",
        $"/jobs/{Job}/yarn-cancel", $"/jobs/{Job}/yarn-stop", $"/jobs/{Job}/stop", $"/jobs/{Job}/savepoints", $"/jobs/{Job}/rescaling", $"/jobs/{Job}/clientHeartbeat", $"/jobs/{Job}?mode=cancel",
        $"/jobs/{Job}x", $"/jobs/{Job[1..]}", $"/jobs/{Job[1..]}g", $"/jobs/{Job}/vertices", $"/jobs/{Job}/vertices/..", $"/jobs/{Job}/vertices/{Vertex}/", $"/jobs/{Job}/vertices/{Vertex}/subtasks/-1", $"/jobs/{Job}/vertices/{Vertex}/subtasks/0x1", $"/jobs/{Job}/vertices/{Vertex}/subtasks/../metrics",
        $"/jobs/{Job}/checkpoints/details/1e3", $"/jobs/{Job}/checkpoints/details/", $"/jobs/{Job}/checkpoints/details/99999999999999999999",
        "/jobmanager", "/jobmanager/logs/", "/jobmanager/logs/..", "/jobmanager/logs/../config", "/jobmanager/logs/..%2f..%2fetc%2fpasswd", "/jobmanager/logs/.hidden", "/jobmanager/logs/a/b", "/jobmanager/logs/a..b", "/jobmanager/logs//etc/passwd", "/jobmanager/logs/a%2f..",
        "/taskmanagers/..", "/taskmanagers/../jars", "/taskmanagers/.", "/taskmanagers/a b", "/taskmanagers/a%2Fb", "/taskmanagers/ä", "/taskmanagers/x/logs/../../../jars", "/taskmanagers/-x", "/taskmanagers/x@y",
        "/overview?", "/overview?x=1", "/jobmanager/metrics?get", "/jobmanager/metrics?get=", "/jobmanager/metrics?get=a&get=b", "/jobmanager/metrics?get=a&agg=min", "/jobmanager/metrics?get=a b", "/jobmanager/metrics?get=a%", "/jobmanager/metrics?get=a%4", "/jobmanager/metrics?get=a%zz",
        "/jobmanager/metrics?get=a%00", "/jobmanager/metrics?get=a%0d%0a", "/jobmanager/metrics?get=a#b", "/jobmanager/metrics?get=<script>", "/jobmanager/metrics?get=a%3Cscript", "/jobmanager/metrics?get=a\"b", "/jobmanager/metrics?=a", "/jobmanager/metrics?&get=a", "/jobmanager/metrics?get=a?b", "/jobmanager/metrics?get=ä",
        "/jobmanager/metrics?get=" + new string('a', 9000),
    ];

    public static TheoryData<string> Allowed =>
    [
        "/overview", "/config", "/jobs", "/jobs/overview", $"/jobs/{Job}", $"/jobs/{Job.ToUpperInvariant()}", $"/jobs/{Job}/exceptions?maxExceptions=16", $"/jobs/{Job}/checkpoints/details/421/subtasks/{Vertex}",
        $"/jobs/{Job}/vertices/{Vertex}/subtasks/metrics?get=numRecordsIn,busyTimeMsPerSecond&agg=min,max&subtasks=0,3-5", $"/jobs/{Job}/vertices/{Vertex}/metrics?get=0.Source__kafka.pendingRecords%2Fx",
        $"/jobs/{Job}/vertices/{Vertex}/flamegraph?type=on_cpu&subtaskindex=3", "/taskmanagers/orders-taskmanager-1-1", "/taskmanagers/10.1.16.23:6122-a1b2c3", "/taskmanagers/metrics?get=Status.JVM.CPU.Load", "/jobmanager/logs/flink--kubernetes-application-0-orders-5f.log.1",
    ];

    [Fact]
    public void Corpus_IsLarge() => Assert.True(Refused.AsEnumerable<object[]>().Count() >= 100);

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Path_OffTheList_IsNeverSent(string path)
    {
        Assert.NotNull(FlinkPaths.Refusal(path));
        var route = new SilentRoute();
        var api = new FlinkRestApi(route, TimeProvider.System);
        // The typed calls put ids and names into paths: hostile ones must not get through there either.
        var hostile = path.TrimStart('/');
        foreach (var ask in (Func<Task>[])[() => api.JobAsync(At, hostile + "?", default), () => api.JobManagerLogAsync(At, "../" + hostile, default), () => api.TaskManagerAsync(At, "../" + hostile, default)])
            Assert.Equal(FlinkRestFault.NotAllowed, (await Assert.ThrowsAsync<FlinkRestException>(ask)).Fault);
        Assert.Empty(route.Asked);
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Path_OnTheList_IsAllowed(string path) => Assert.Null(FlinkPaths.Refusal(path));

    [Theory]
    [InlineData("team", "evil/../x")]
    [InlineData("team", "evil.example.com:80#")]
    [InlineData("team", "Orders")]
    [InlineData("team", "")]
    [InlineData("..", "orders")]
    [InlineData("team:80", "orders")]
    [InlineData("team", "orders@evil")]
    [InlineData("team", "a-name-that-together-with-its-suffix-is-longer-than-a-dns-label-can-be")]
    public async Task Address_ThatIsNoName_IsNeverAsked(string ns, string cluster)
    {
        var route = new SilentRoute();
        var error = await Assert.ThrowsAsync<FlinkRestException>(() => new FlinkRestApi(route, TimeProvider.System).OverviewAsync(new(ns, cluster), default));
        Assert.Equal(FlinkRestFault.NotAllowed, error.Fault);
        Assert.Empty(route.Asked);
    }

    private static JobManagerAddress At { get; } = new("team", "orders");

    private sealed class SilentRoute : IFlinkRoute
    {
        public List<string> Asked { get; } = [];

        public string Words => "nowhere";

        public Task<FlinkResponse> GetAsync(JobManagerAddress to, string path, DateTimeOffset at, CancellationToken stop)
        {
            Asked.Add(path);
            return Task.FromResult(new FlinkResponse(200, Stream.Null, Stream.Null));
        }
    }
}
