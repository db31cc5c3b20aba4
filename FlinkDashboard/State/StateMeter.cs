using System.Diagnostics.Metrics;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State.Flink;

namespace FlinkDashboard.State;

/// <summary>What the caches and their watches tell of themselves. Labels name kinds, never objects.</summary>
public sealed class StateMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "FlinkDashboard.State";

    private readonly Counter<long> events;
    private readonly Counter<long> reconnects;

    /// <summary>Makes the instruments.</summary>
    public StateMeter(IMeterFactory meters, ClusterState state, JobManagerFeeds feeds, TimeProvider time)
    {
        var meter = meters.Create(Name);
        events = meter.CreateCounter<long>("flinkdashboard.watch.events", "{event}", "Events that arrived, by kind and type");
        reconnects = meter.CreateCounter<long>("flinkdashboard.watch.reconnects", "{watch}", "Watches to be opened again, by kind and reason: closed is the regular end after 5 to 10 minutes, expired a 410");
        meter.CreateObservableGauge("flinkdashboard.watch.live", () => state.All.Select(c => new Measurement<int>(c.Status.State == WatchState.Live ? 1 : 0, Of(c.KindInfo))), null, "1 while every change of a kind arrives, else 0");
        meter.CreateObservableGauge("flinkdashboard.watch.kinds", () => Enum.GetValues<WatchState>().Select(s => new Measurement<int>(state.All.Count(c => c.Status.State == s), new KeyValuePair<string, object?>("state", Word(s)))), "{kind}", "Kinds in each state");
        meter.CreateObservableGauge("flinkdashboard.watch.silence", () => Silence(state, time), "s", "Time since the API server last said anything of a kind, by the cluster's clock");
        meter.CreateObservableGauge("flinkdashboard.cache.objects", () => state.All.Select(c => new Measurement<int>(c.Count, Of(c.KindInfo))), "{object}", "Objects held, by kind");
        meter.CreateObservableGauge("flinkdashboard.cache.subscriptions", () => state.All.Sum(c => c.Subscribers), "{subscription}", "Listeners to the caches: the boards and panels of open pages");
        meter.CreateObservableGauge("flinkdashboard.jobmanager.feeds", () => feeds.Watched.Count, "{feed}", "JobManagers that are asked because somebody looks at them");
    }

    /// <summary>An event has been read.</summary>
    internal void Arrived(KindInfo kind, string type) => events.Add(1, Of(kind), new("type", type));

    /// <summary>A watch has ended and is opened again.</summary>
    internal void Reconnects(KindInfo kind, string reason) => reconnects.Add(1, Of(kind), new("reason", reason));

    private static IEnumerable<Measurement<double>> Silence(ClusterState state, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return state.All.Where(c => c.Status.LastContact is not null).Select(c => new Measurement<double>(Math.Max(0, (now - c.Status.LastContact!.Value).TotalSeconds), Of(c.KindInfo)));
    }

    private static KeyValuePair<string, object?> Of(KindInfo kind) => new("kind", kind.QualifiedName);

    private static string Word(WatchState state) => state switch
    {
        WatchState.Connecting => "connecting",
        WatchState.Live => "live",
        WatchState.Stale => "stale",
        WatchState.Forbidden => "forbidden",
        _ => "absent"
    };
}
