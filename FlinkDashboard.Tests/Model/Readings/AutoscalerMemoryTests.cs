using System.IO.Compression;
using System.Text;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Readings;

public class AutoscalerMemoryTests
{
    private const string History = """
        ---
        ea632d67b7d595e5b851708ae9ad79d6:
          "2026-11-24T15:00:00.123Z":
            currentParallelism: 4
            newParallelism: 2
            metrics: {}
          2026-11-24T14:00:00Z:
            currentParallelism: 1
            newParallelism: 4
            metrics:
              TRUE_PROCESSING_RATE:
                current: 10.0
                average: "NaN"
        """;

    [Fact]
    public void History_Zipped_IsReadInOrder_WithTheOverridesInForce()
    {
        var memory = AutoscalerMemory.Of($"data:\n  scalingHistory: {Zipped(History)}\n  parallelismOverrides: ea632d67b7d595e5b851708ae9ad79d6:2,bc764cd8ddf7a0cff126f51c16239658:3\n");
        Assert.Null(memory.Problem);
        Assert.Equal(["bc764cd8ddf7a0cff126f51c16239658", "ea632d67b7d595e5b851708ae9ad79d6"], memory.Vertices.Select(vertex => vertex.Id));
        Assert.Equal([(1, 4), (4, 2)], memory.Vertices[1].Steps.Select(step => (step.From, step.To)));
        Assert.Equal((3, 2), (memory.Vertices[0].Override, memory.Vertices[1].Override));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: {}")]
    [InlineData("kind: ConfigMap")]
    public void Nothing_IsNothing(string yaml) => Assert.Empty(AutoscalerMemory.Of(yaml).Vertices);

    [Fact]
    public void Garbage_IsToldAndKeepsTheOverrides()
    {
        var memory = AutoscalerMemory.Of("data:\n  scalingHistory: '!!!'\n  parallelismOverrides: a:2\n");
        Assert.NotNull(memory.Problem);
        Assert.Equal(2, Assert.Single(memory.Vertices).Override);
    }

    [Fact]
    public void Report_TellsEachVertex()
    {
        var one = new CoreEvent { Reason = "ScalingReport", Message = "Scaling execution enabled, begin scaling vertices:{ Vertex ID ea63 | Parallelism 1 -> 4 | Processing capacity 10.00 -> 40.00 | Target data rate 30.00}{ Vertex ID bc76 | Parallelism 3 -> 2 | Processing capacity 9.00 -> 6.00 | Target data rate 5.00}" };
        Assert.Equal([("ea63", 1, 4), ("bc76", 3, 2)], AutoscalerMemory.Report(one));
        Assert.Empty(AutoscalerMemory.Report(one with { Reason = "Scaling" }));
    }

    [Fact]
    public void Settings_KnowOldNames_DefaultsAndBrokenValues()
    {
        var configuration = StringMap.From([new("kubernetes.operator.job.autoscaler.enabled", "true"), new("job.autoscaler.target.utilization", "0.5")]);
        var settings = OperatorSettings.Of(OperatorSettings.Autoscaler, configuration).ToDictionary(one => one.Info.Key);
        Assert.True(OperatorSettings.ScalesItself(configuration));
        Assert.Equal(("0.5", "job.autoscaler.target.utilization"), (settings["job.autoscaler.utilization.target"].Value, settings["job.autoscaler.utilization.target"].SetBy));
        Assert.Null(settings["job.autoscaler.metrics.window"].Value);
        Assert.NotNull(settings["job.autoscaler.metrics.window"].Info.Refusal("soon"));
        Assert.Null(settings["job.autoscaler.metrics.window"].Info.Refusal("10 min"));
        Assert.Null(OperatorSettings.Snapshots[0].Refusal("0 0 * * * ?"));
        Assert.NotNull(OperatorSettings.Snapshots[2].Refusal("ten"));
    }

    private static string Zipped(string text)
    {
        var stream = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(stream.ToArray());
    }
}
