using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Audit;

namespace FlinkDashboard.Access;

/// <summary>Writes down who did what: one line of JSON to <paramref name="output"/>, and a Kubernetes Event on the object when the action is over.</summary>
/// <param name="output">Standard output; tests give their own.</param>
/// <param name="api">Writes the Event, with the dashboard's own credentials.</param>
/// <param name="logger">Told when an Event could not be written; the action stands all the same.</param>
/// <param name="meter">Counts the entries.</param>
public sealed partial class AuditTrail(TextWriter output, KubernetesApi api, ILogger<AuditTrail> logger, AccessMeter? meter = null)
{
    private readonly Lock writing = new();

    /// <summary>Writes one entry.</summary>
    public async Task WriteAsync(AuditEntry entry, ObjectName target, CancellationToken stop)
    {
        lock (writing)
        {
            output.WriteLine(entry.ToJson());
            output.Flush();
        }
        meter?.Written(entry);
        if (entry.Stage == AuditStage.Issued || entry.Uid is null)
            return;
        try
        {
            var message = entry.Stage == AuditStage.Executed
                ? $"{entry.Action} by {entry.User} from FlinkDashboard{(entry.Reason is { Length: > 0 } why ? $": {why}" : "")}"
                : $"{entry.Action} by {entry.User} from FlinkDashboard failed: {entry.Result}";
            await api.CreateEventAsync(target, entry.Uid, $"Dashboard{entry.Action}{(entry.Stage == AuditStage.Failed ? "Failed" : "")}", message, entry.Stage == AuditStage.Failed, stop);
        }
        catch (KubernetesApiException e)
        {
            meter?.NoEvent();
            LogNoEvent(entry.Kind, entry.Namespace, entry.Name, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No Event could be written on {Kind} {Namespace}/{Name}: {Problem}")]
    private partial void LogNoEvent(string kind, string @namespace, string name, string problem);
}
