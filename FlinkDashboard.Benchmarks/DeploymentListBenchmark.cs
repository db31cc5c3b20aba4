using System.Text.Json;
using BenchmarkDotNet.Attributes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Benchmarks;

/// <summary>A list of 5,000 FlinkDeployments, from bytes to records.</summary>
[Config(typeof(ShortInProcess))]
public class DeploymentListBenchmark
{
    private readonly byte[] _body = Samples.List(ResourceTypes.FlinkDeployments, 5_000);

    /// <summary>Our records, source-generated.</summary>
    [Benchmark(Baseline = true)]
    public int Records() => JsonSerializer.Deserialize(_body, FlinkDeployment.Info.List)!.Items.Count;

    /// <summary>A document of everything, for comparison.</summary>
    [Benchmark]
    public int Document()
    {
        using var document = JsonDocument.Parse(_body);
        return document.RootElement.GetProperty("items").GetArrayLength();
    }
}
