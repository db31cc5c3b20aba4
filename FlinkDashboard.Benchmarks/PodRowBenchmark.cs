using BenchmarkDotNet.Attributes;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Benchmarks;

/// <summary>10,000 pods projected to rows and filtered by a word, as a page does on every refresh.</summary>
[Config(typeof(ShortInProcess))]
public class PodRowBenchmark
{
    private readonly State.ResourceSet<Model.Kinds.Pod> _pods = WatchEventBenchmark.Fill().Current;

    /// <summary>Project all, keep those that match.</summary>
    [Benchmark]
    public int ProjectAndFilter() => _pods.All.Select(PodRow.From).Count(r => r.Name.Contains("stream-04", StringComparison.Ordinal));
}
