using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.World;

/// <summary>Everything a behaviour may touch: objects, time, chance, and what runs in the containers.</summary>
public sealed class SandboxWorld
{
    private readonly Random _random;
    private readonly Dictionary<string, Queue<string>> _names = [];

    /// <summary>Creates an empty world.</summary>
    /// <param name="start">Simulated time of its first moment.</param>
    /// <param name="seed">Same seed, same names, ids and choices.</param>
    /// <param name="speed">Simulated seconds per real second; 0 for manual.</param>
    /// <param name="real">The real clock.</param>
    /// <param name="failed">Told when a behaviour throws.</param>
    public SandboxWorld(DateTimeOffset start, int seed, double speed, TimeProvider real, Action<Exception> failed)
    {
        _random = new Random(seed);
        Seed = seed;
        Clock = new SandboxClock(start, speed, real);
        Timeline = new Timeline(Clock, real, failed);
        Objects = new ObjectStore(Clock, NewUid);
        Usage = new UsageMetrics(this);
        ShippedLogs = new ShippedLogs(Objects, Logs);
        Buckets = new Buckets(this);
        Metrics = new MetricJournal(this);
    }

    /// <summary>Simulated time.</summary>
    public SandboxClock Clock { get; }

    /// <summary>Same seed, same choices.</summary>
    public int Seed { get; }

    /// <summary>What will happen.</summary>
    public Timeline Timeline { get; }

    /// <summary>What is.</summary>
    public ObjectStore Objects { get; }

    /// <summary>What runs in containers: image programs by decision of the Flink behaviours, asked by the kubelet.</summary>
    public ContainerPrograms Programs { get; } = new();

    /// <summary>What the containers wrote.</summary>
    public ContainerLogs Logs { get; } = new();

    /// <summary>What answers HTTP inside the pods.</summary>
    public PodServers Servers { get; } = new();

    /// <summary>What judges writes from inside the pods.</summary>
    public Webhooks Webhooks { get; } = new();

    /// <summary>What pods and nodes use (metrics.k8s.io).</summary>
    public UsageMetrics Usage { get; }

    /// <summary>Series that a Prometheus would have scraped.</summary>
    public MetricJournal Metrics { get; }

    /// <summary>What runs in JobManagers and TaskManagers.</summary>
    public FlinkClusters Flink { get; } = new();

    /// <summary>What EMR's log sidecars brought to CloudWatch and S3.</summary>
    public ShippedLogs ShippedLogs { get; }

    /// <summary>What S3 holds.</summary>
    public Buckets Buckets { get; }

    /// <summary>Set for worlds that only show something, such as a replayed recording: writes are refused with this reason.</summary>
    public string? ReadOnlyBecause { get; set; }

    /// <summary>What comes in for jobs follows the time of day; otherwise it is steady.</summary>
    public bool HasDays { get; set; }

    /// <summary>The Flink operator is Amazon EMR's: its FlinkDeployment has more fields.</summary>
    public bool IsEmr { get; set; }

    /// <summary>Current simulated time.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Calls back on the timeline for every later commit of a kind.</summary>
    public void OnChange(ResourceType type, Action<Change> action) => Objects.Committed += change =>
    {
        if (change.Object.Type == type)
            Timeline.After(TimeSpan.Zero, () => action(change));
    };

    /// <summary>A seeded number in [0, <paramref name="max"/>).</summary>
    public int Next(int max) { lock (_random) return _random.Next(max); }

    /// <summary>Seeded hexadecimal digits.</summary>
    public string Hex(int digits) => string.Create(digits, this, static (span, w) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = "0123456789abcdef"[w.Next(16)];
    });

    /// <summary>Kubernetes' random name suffix: its alphabet has no vowels and no 0, 1, 3.</summary>
    public string Suffix(int length = 5) => string.Create(length, this, static (span, w) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = "bcdfghjklmnpqrstvwxz2456789"[w.Next(27)];
    });

    /// <summary>Decides the next random parts of names that start with <paramref name="prefix"/>: a world can show well-known objects.</summary>
    public void NextNames(string prefix, params ReadOnlySpan<string> parts)
    {
        lock (_names)
        {
            if (!_names.TryGetValue(prefix, out var queue))
                _names[prefix] = queue = new();
            foreach (var part in parts)
                queue.Enqueue(part);
        }
    }

    /// <summary>The decided random part of the next name with this prefix, or null.</summary>
    public string? TakeName(string prefix)
    {
        lock (_names)
            return _names.TryGetValue(prefix, out var queue) && queue.TryDequeue(out var part) ? part : null;
    }

    /// <summary>A seeded version-4 UUID.</summary>
    public string NewUid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-{"89ab"[Next(4)]}{Hex(3)}-{Hex(12)}";
}

/// <summary>One moving part of the world. It subscribes and schedules in <see cref="Start"/> and lives on the timeline from then on.</summary>
public interface IBehaviour
{
    /// <summary>Called once, before time runs.</summary>
    void Start(SandboxWorld world);
}
