using System.Diagnostics.Metrics;
using FlinkDashboard.Model.Audit;

namespace FlinkDashboard.Access;

/// <summary>Counts questions about rights and entries of the audit trail. Labels name no user and no object.</summary>
public sealed class AccessMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "FlinkDashboard.Access";

    private readonly Counter<long> reviews;
    private readonly Counter<long> kept;
    private readonly Counter<long> entries;
    private readonly Counter<long> noEvents;

    /// <summary>Makes the instruments.</summary>
    public AccessMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        reviews = meter.CreateCounter<long>("flinkdashboard.access.reviews", "{review}", "Access reviews sent to the API server, by outcome: allowed, denied, failed");
        kept = meter.CreateCounter<long>("flinkdashboard.access.kept", "{review}", "Questions about rights answered by a review of the last 30 s");
        entries = meter.CreateCounter<long>("flinkdashboard.audit.entries", "{entry}", "Lines of the audit trail, by action and stage: issued, executed, failed");
        noEvents = meter.CreateCounter<long>("flinkdashboard.audit.event.failures", "{event}", "Kubernetes Events about an action that could not be written");
    }

    internal void Asked(string outcome) => reviews.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Kept() => kept.Add(1);

    internal void Written(AuditEntry entry) => entries.Add(1, new("action", entry.Action), new("stage", entry.Stage.ToString().ToLowerInvariant()));

    internal void NoEvent() => noEvents.Add(1);
}
