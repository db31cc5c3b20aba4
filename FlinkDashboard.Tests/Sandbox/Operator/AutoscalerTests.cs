using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;
using YamlDotNet.Serialization;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>A job whose load comes and goes within the hour: least at the full hour, when the stage begins, four busy subtasks at the half.</summary>
public class AutoscalerTests
{
    private const string Key = "pipeline.jobvertex-parallelism-overrides";

    private static readonly (string, string)[] On =
    [
        ("job.autoscaler.enabled", "true"), ("job.autoscaler.metrics.window", "1 min"), ("job.autoscaler.stabilization.interval", "30 s"),
        ("job.autoscaler.scale-down.interval", "2 min"), ("jobmanager.scheduler", "adaptive"), ("execution.checkpointing.interval", "30 s"),
    ];

    private readonly LiveStage _stage = new();

    private string Load => _stage.Job("orders").Vertices[1].Id;

    [Fact]
    public void RisingLoad_ScalesUpInPlace_WithoutTouchingTheResource()
    {
        Run();
        var (job, spec) = (_stage.Job("orders").Id, _stage.Resource("orders")["spec"]!.ToJsonString());
        _stage.Advance(25 * 60);
        var now = _stage.Job("orders").Vertices[1].Parallelism;
        Assert.InRange(now, 4, 9);
        Assert.Equal(1, _stage.Job("orders").Vertices[0].Parallelism);
        Assert.Equal((job, spec), (_stage.Job("orders").Id, _stage.Resource("orders")["spec"]!.ToJsonString()));
        Assert.Contains($"{Load}:{now}", (string)_stage.Recorded("orders")["flinkConfiguration"]![Key]!, StringComparison.Ordinal);
        Assert.Equal("STABLE", (string?)_stage.Status("orders")["lifecycleState"]);
        Assert.Matches($$"""^Scaling execution enabled, begin scaling vertices:\{ Vertex ID {{Load}} \| Parallelism \d -> {{now}} \| Processing capacity \d+\.\d\d -> \d+\.\d\d \| Target data rate \d+\.\d\d\}$""", _stage.Messages("ScalingReport").Single());
        Assert.NotEmpty(_stage.Messages("Scaling"));
        Assert.Equal(now, _stage.TaskManagerPods("orders").Count);
    }

    [Fact]
    public void FallingLoad_ScalesDown_OnlyAfterTheInterval()
    {
        Run();
        _stage.Advance(30 * 60);
        var peak = _stage.Job("orders").Vertices[1].Parallelism;
        for (var i = 0; i < 300 && !Data().ContainsKey("delayedScaleDown"); i++)
            _stage.Advance(5);
        Assert.Contains(Load, Data()["delayedScaleDown"], StringComparison.Ordinal);
        Assert.Equal(peak, _stage.Job("orders").Vertices[1].Parallelism);
        _stage.Advance(28 * 60);
        Assert.InRange(_stage.Job("orders").Vertices[1].Parallelism, 1, peak - 2);
        _stage.Advance(90);
        Assert.Equal(_stage.Job("orders").Vertices[1].Parallelism, _stage.TaskManagerPods("orders").Count);
    }

    [Fact]
    public void ConfigMap_HoldsWhatWasMeasuredAndDecided()
    {
        Run();
        _stage.Advance(25 * 60);
        var data = Data();
        Assert.Equal(["collectedMetrics", "configOverrides", "parallelismOverrides", "scalingHistory", "scalingTracking"], data.Keys.Where(k => k != "delayedScaleDown").Order(StringComparer.Ordinal));
        Assert.Contains($"{Load}:{_stage.Job("orders").Vertices[1].Parallelism}", data["parallelismOverrides"].Split(','));
        var history = (Dictionary<object, object>)Yaml(data["scalingHistory"])[Load];
        Assert.InRange(history.Count, 1, 3);
        var last = (Dictionary<object, object>)history.OrderBy(h => (string)h.Key, StringComparer.Ordinal).Last().Value;
        Assert.Equal($"{_stage.Job("orders").Vertices[1].Parallelism}", last["newParallelism"]);
        var metrics = (Dictionary<object, object>)last["metrics"];
        Assert.Superset(new HashSet<object> { "TRUE_PROCESSING_RATE", "TARGET_DATA_RATE", "EXPECTED_PROCESSING_RATE", "LOAD", "PARALLELISM" }, metrics.Keys.ToHashSet());
        Assert.All((Dictionary<object, object>)Yaml(data["scalingTracking"])["scalingRecords"], r => Assert.InRange(double.Parse((string)((Dictionary<object, object>)r.Value)["restartDuration"], System.Globalization.CultureInfo.InvariantCulture), 0.5, 60));
        var samples = Yaml(data["collectedMetrics"]);
        Assert.InRange(samples.Count, 2, 20);
        Assert.Superset(new HashSet<object> { "LOAD", "NUM_RECORDS_IN" }, ((Dictionary<object, object>)((Dictionary<object, object>)((Dictionary<object, object>)samples.First().Value)["vertexMetrics"])[Load]).Keys.ToHashSet());
    }

    [Fact]
    public void AdviceOnly_ReportsAndDoesNothing()
    {
        Run(("job.autoscaler.scaling.enabled", "false"));
        _stage.Advance(25 * 60);
        Assert.Equal("1 1", _stage.Parallelisms("orders"));
        var report = _stage.Events("ScalingReport").Single();
        Assert.StartsWith("Scaling execution disabled by config job.autoscaler.scaling.enabled:false, recommended parallelism change:{ Vertex ID " + Load + " | Parallelism 1 -> ", (string)report["message"]!, StringComparison.Ordinal);
        Assert.Matches(@"^\d+$", (string)report["metadata"]!["labels"]!["parallelismMap"]!);
        Assert.DoesNotContain("parallelismOverrides", Data().Keys);
        // The same advice is not repeated within half an hour.
        Assert.InRange((int)report["count"]!, 1, 9);
    }

    [Theory]
    [InlineData("16:00-16:59", 1)]
    [InlineData("* * 16 ? * *", 1)]
    [InlineData("17:00-18:00;* * 3 ? * *", 4)]
    public void ExcludedPeriods_BlockScaling(string periods, int least)
    {
        Run(("job.autoscaler.excluded.periods", periods));
        _stage.Advance(25 * 60);
        Assert.True(_stage.Job("orders").Vertices[1].Parallelism >= least);
        if (least == 1)
            Assert.StartsWith($"Scaling execution disabled by config job.autoscaler.excluded.periods:[{periods}], recommended", _stage.Messages("ScalingReport").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheAdaptiveScheduler_TheJobIsUpgraded()
    {
        Run(("jobmanager.scheduler", "default"));
        var job = _stage.Job("orders").Id;
        _stage.Advance(25 * 60);
        Assert.NotEqual(job, _stage.Job("orders").Id);
        Assert.InRange(_stage.Job("orders").Vertices[1].Parallelism, 4, 9);
        Assert.NotEmpty(_stage.Messages("Suspended"));
        Assert.Empty(_stage.Messages("Scaling"));
    }

    [Fact]
    public void Limits_AreKept()
    {
        Run(("job.autoscaler.vertex.max-parallelism", "2"));
        _stage.Advance(25 * 60);
        Assert.Equal("1 2", _stage.Parallelisms("orders"));
    }

    [Fact]
    public void ExcludedVertex_KeepsItsParallelism()
    {
        Run(("job.autoscaler.vertex.exclude.ids", OperatorIdOfLoad));
        _stage.Advance(25 * 60);
        Assert.Equal("1 1", _stage.Parallelisms("orders"));
        Assert.Empty(_stage.Messages("ScalingReport"));
    }

    [Fact]
    public void Quota_StopsTheScaling()
    {
        Run(("job.autoscaler.quota.cpu", "1"));
        _stage.Advance(25 * 60);
        Assert.True(_stage.Job("orders").Vertices[1].Parallelism <= 2);
        Assert.Equal("Resource usage is above the allowed limit for scaling operations. Please adjust the resource quota manually.", _stage.Messages("ResourceQuotaReached").Single());
    }

    [Fact]
    public void HeapOverTheThreshold_StopsTheScaling()
    {
        Run(("job.autoscaler.memory.heap-usage.threshold", "0.1"));
        _stage.Advance(25 * 60);
        Assert.Equal("1 1", _stage.Parallelisms("orders"));
        Assert.Matches("^Heap Usage 0.\\d+ is above the allowed limit for scaling operations. Please adjust the available memory manually.$", _stage.Messages("MemoryPressure").Single());
    }

    [Fact]
    public void UnreadableOption_IsAnAutoscalerError()
    {
        Run(("job.autoscaler.metrics.window", "soon"));
        _stage.Advance(60);
        Assert.Equal("Could not parse value 'soon' for key 'job.autoscaler.metrics.window'.", _stage.Messages("AutoscalerError").Single());
    }

    [Fact]
    public void ResetNonce_ForgetsWhatWasDecided()
    {
        Run();
        _stage.Advance(25 * 60);
        _stage.Patch("orders", """{"job":{"autoscalerResetNonce":7}}""");
        _stage.Advance(60);
        Assert.Equal(7, (int?)_stage.Recorded("orders")["job"]!["autoscalerResetNonce"]);
        Assert.Equal("1 1", _stage.Parallelisms("orders"));
        Assert.DoesNotContain("parallelismOverrides", Data().Keys);
        Assert.Equal("STABLE", (string?)_stage.Status("orders")["lifecycleState"]);
    }

    [Fact]
    public void SwitchedOff_RemovesItsDataAndItsOverrides()
    {
        Run();
        _stage.Advance(25 * 60);
        _stage.Patch("orders", """{"flinkConfiguration":{"job.autoscaler.enabled":"false"}}""");
        _stage.Advance(60);
        Assert.Empty(Data());
        Assert.Equal("1 1", _stage.Parallelisms("orders"));
        Assert.Null(_stage.Recorded("orders")["flinkConfiguration"]![Key]);
    }

    [Fact]
    public void Overload_IsCaughtUp()
    {
        Run(("job.autoscaler.scaling.enabled", "false"));
        _stage.Advance(20 * 60);
        var job = _stage.Job("orders");
        Assert.True(TaskLoad.Lag(job, job.Vertices[0], _stage.World.Now) > 1000);
        Assert.Equal(1, TaskLoad.Busy(job, job.Vertices[1], _stage.World.Now), 3);
        Assert.True(TaskLoad.BackPressured(job, job.Vertices[0], _stage.World.Now) > 0.5);
    }

    private static string OperatorIdOfLoad => KnownJobs.Of("local:///autoscaling.jar", ["--maxLoadPerTask", "4"], "x.LoadSimulationPipeline").Vertices[1].Id;

    private void Run(params (string Key, string Value)[] more) => _stage.Run("orders", new JsonObject
    {
        ["image"] = "registry.example/autoscaling:1",
        ["job"] = new JsonObject
        {
            ["jarURI"] = "local:///opt/flink/usrlib/autoscaling.jar",
            ["entryClass"] = "autoscaling.LoadSimulationPipeline",
            ["args"] = new JsonArray("--maxLoadPerTask", "4", "--repeatsAfterMinutes", "60"),
        },
    }, [.. On, .. more]);

    private Dictionary<string, string> Data() => (_stage.World.Objects.Get(ResourceTypes.ConfigMaps, LiveStage.Namespace, "autoscaler-orders").Read()["data"] as JsonObject ?? [])
        .ToDictionary(p => p.Key, p => (string)p.Value!);

    private static Dictionary<object, object> Yaml(string packed)
    {
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        return new Deserializer().Deserialize<Dictionary<object, object>>(reader.ReadToEnd());
    }
}
