using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Tests.Gateways.FlinkRest;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>The paths the app uses, and what the sandbox answers to them in three versions, against Flink's own OpenAPI descriptions.</summary>
public sealed class RestDescriptionTests
{
    // Files and the profiler are served by Flink and described nowhere.
    private static readonly string[] Undescribed =
    [
        "/jobmanager/logs/{filename}", "/jobmanager/log", "/jobmanager/stdout", "/jobmanager/profiler", "/taskmanagers/{taskmanagerid}/logs/{filename}", "/taskmanagers/{taskmanagerid}/log", "/taskmanagers/{taskmanagerid}/stdout",
        "/taskmanagers/{taskmanagerid}/profiler",
    ];

    public static TheoryData<string> Versions => ["1.18", "1.20", "2.2"];

    [RecordedFact(RecordingKind.Schemas)]
    public void EveryPathTheAppUses_IsDescribed_WithItsQuery()
    {
        var description = RestDescription.Of("1.20");
        Assert.Empty(FlinkPaths.All.Where(p => !description.Has(p.Template)).Select(p => p.Template).Except(Undescribed));
        Assert.Empty(from path in FlinkPaths.All
                     where description.Has(path.Template)
                     from key in path.QueryKeys.Except(description.QueryKeys(path.Template))
                     select $"{path.Template}?{key}");
        var newest = RestDescription.Of("2.2");
        Assert.Empty(FlinkPaths.All.Where(p => !newest.Has(p.Template)).Select(p => p.Template).Except(Undescribed));
    }

    [RecordedTheory(RecordingKind.Schemas)]
    [MemberData(nameof(Versions))]
    public async Task Answers_OfTheSandbox_AreAsDescribed(string version)
    {
        var description = RestDescription.Of(version);
        var wrong = new List<string>();
        var asked = new HashSet<string>();
        foreach (var (jar, arguments) in new[] { ("steady.jar", ""), ("failing.jar", "--every;5"), ("backpressure.jar", "") })
        {
            var rest = new RestStage();
            rest.Stage.Deploy("local:///opt/flink/jobs/" + jar, settings: [$"$internal.flink.version: v{version.Replace('.', '_')}", $"kubernetes.container.image.ref: flink:{version}", $"$internal.application.program-args: {arguments}",
                "execution.checkpointing.interval: 2 s", "rest.flamegraph.enabled: true", "jobmanager.scheduler: adaptive"]);
            rest.Stage.Advance(40);
            var cluster = rest.Stage.Cluster();
            Assert.StartsWith(version, cluster.Version, StringComparison.Ordinal);
            foreach (var path in SandboxAnswers.Paths(cluster, cluster.Jobs.Single()))
            {
                if (new RecordedAnswer("", "GET", path, 200, default).Endpoint is not { } template || !description.Has(template))
                    continue;
                var (status, body) = await rest.AskAsync("GET", path);
                if (status != 200)
                    continue;
                asked.Add(template);
                wrong.AddRange(description.Problems(template, body).Select(p => $"{path.Split('?')[0].Replace(FlinkStage.Job, "JOB", StringComparison.Ordinal)} {p}"));
            }
        }
        Assert.True(asked.Count > 35, $"only {asked.Count} paths");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
    }

    [Theory]
    [InlineData("v1_16", "/jobs/{0}/resource-requirements", false)]
    [InlineData("v1_18", "/jobs/{0}/resource-requirements", true)]
    [InlineData("v1_18", "/jobmanager/profiler", false)]
    [InlineData("v1_19", "/jobmanager/profiler", true)]
    [InlineData("v1_18", "/jobs/{0}/vertices/{1}/jm-operator-metrics", false)]
    [InlineData("v2_0", "/jobs/{0}/vertices/{1}/jm-operator-metrics", true)]
    public async Task Endpoint_IsThere_SinceItsVersion(string version, string path, bool there)
    {
        var rest = new RestStage();
        rest.Stage.Deploy("local:///opt/flink/jobs/steady.jar", settings: [$"$internal.flink.version: {version}", "jobmanager.scheduler: adaptive", "rest.profiling.enabled: true"]);
        rest.Stage.Advance(40);
        var job = rest.Stage.Cluster().Jobs.Single();
        Assert.Equal(there ? 200 : 404, (await rest.AskAsync("GET", string.Format(null, path, job.Id, job.Vertices[0].Id))).Status);
    }
}
