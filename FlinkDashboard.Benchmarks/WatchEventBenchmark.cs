using System.Buffers;
using BenchmarkDotNet.Attributes;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;

namespace FlinkDashboard.Benchmarks;

/// <summary>Watch lines applied to a cache of 10,000 pods with a listener.</summary>
[Config(typeof(ShortInProcess))]
public class WatchEventBenchmark
{
    private const int Events = 1_000;
    private readonly byte[][] _lines = Samples.Lines(ResourceTypes.Pods, Events);
    private readonly ResourceCache<Pod> _cache = Fill();
    private int _told;

    /// <summary>Line to record to cache to listener.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public int Apply()
    {
        using var listener = _cache.Subscribe(() => _told++);
        foreach (var line in _lines)
        {
            var change = WatchLine.Read(new ReadOnlySequence<byte>(line), Pod.Info.Item);
            _cache.Put(change.Object!);
        }
        return _told;
    }

    internal static ResourceCache<Pod> Fill()
    {
        var cache = new ResourceCache<Pod>(Pod.Info);
        cache.Replace(null, System.Text.Json.JsonSerializer.Deserialize(Samples.List(ResourceTypes.Pods, 10_000), Pod.Info.List)!.Items);
        return cache;
    }
}
