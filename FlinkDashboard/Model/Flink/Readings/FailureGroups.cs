using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>Failures that are the same but for numbers in their message.</summary>
/// <param name="Class">Java class, without its package.</param>
/// <param name="Message">Message of the newest.</param>
/// <param name="Cause">Innermost cause of the newest, <c>Class: message</c>; null when it has none.</param>
/// <param name="Entries">Newest first.</param>
/// <param name="Meaning">What it means and what to look at; null for what only its authors know.</param>
public sealed record FailureGroup(string Class, string Message, string? Cause, IReadOnlyList<FailureEntry> Entries, string? Meaning)
{
    /// <summary>The newest.</summary>
    public FailureEntry Newest => Entries[0];

    /// <summary>The oldest that Flink still keeps.</summary>
    public FailureEntry Oldest => Entries[^1];

    /// <summary>TaskManagers where it happened; empty when it was no task.</summary>
    public IReadOnlyList<string> TaskManagers => [.. Entries.Select(e => e.TaskManagerId).OfType<string>().Where(t => t != "(unassigned)").Distinct()];
}

/// <summary>Groups a job's failures by class and message.</summary>
public static partial class FailureGroups
{
    /// <summary>The group with the newest failure first. Failures of other tasks at the same time count too.</summary>
    public static IReadOnlyList<FailureGroup> Of(JobExceptions exceptions) =>
    [
        .. exceptions.ExceptionHistory.Entries.SelectMany(e => e.ConcurrentExceptions.Prepend(e))
            .GroupBy(e => (Short(e.ExceptionName), Same(MessageOf(e.Stacktrace)), Same(CauseOf(e.Stacktrace) ?? "")))
            .Select(g => g.OrderByDescending(e => e.Timestamp).ToList())
            .Select(all => new FailureGroup(Short(all[0].ExceptionName), MessageOf(all[0].Stacktrace), CauseOf(all[0].Stacktrace), all, FailureMeaning.Of(all[0].Stacktrace)))
            .OrderByDescending(g => g.Newest.Timestamp),
    ];

    /// <summary>The message behind the class on the first line; empty when there is none.</summary>
    public static string MessageOf(string stackTrace)
    {
        var lines = stackTrace.Split('\n');
        var first = lines[0].Trim();
        var colon = first.IndexOf(": ", StringComparison.Ordinal);
        var message = colon < 0 || first.AsSpan(0, colon).Contains(' ') ? colon < 0 ? "" : first : first[(colon + 2)..];
        // A message of several lines goes on until the stack begins.
        foreach (var line in lines.Skip(1).TakeWhile(l => !Stack().IsMatch(l)).Take(3))
            message += " " + line.Trim();
        return message.Trim();
    }

    /// <summary>The innermost cause, as <c>Class: message</c>.</summary>
    public static string? CauseOf(string stackTrace)
    {
        var cause = stackTrace.Split('\n').LastOrDefault(l => l.StartsWith("Caused by: ", StringComparison.Ordinal))?["Caused by: ".Length..].Trim();
        if (cause is null)
            return null;
        var colon = cause.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Short(cause) : Short(cause[..colon]) + cause[colon..];
    }

    /// <summary>A class without its package.</summary>
    public static string Short(string className) => className[(className.LastIndexOf('.') + 1)..];

    private static string Same(string message) => Varying().Replace(message, "#");

    [GeneratedRegex(@"^\s*(at |Caused by: |\.\.\. \d+ more|Suppressed: )")]
    private static partial Regex Stack();

    // Numbers, ids and addresses.
    [GeneratedRegex(@"[0-9a-f]{16,}|\d+")]
    private static partial Regex Varying();
}

/// <summary>What well-known failures mean. Words are matched in the whole trace, most telling first.</summary>
public static class FailureMeaning
{
    private static readonly (string[] Words, string Meaning)[] Known =
    [
        (["OutOfMemoryError: Java heap space"], "The heap of a TaskManager was full. See its memory drawing; raise taskmanager.memory.task.heap.size (or the pod's memory), or keep less on the heap."),
        (["OutOfMemoryError: Metaspace"], "Class metadata was full, mostly because classes of earlier attempts were not let go. Raise taskmanager.memory.jvm-metaspace.size."),
        (["OutOfMemoryError: Direct buffer memory"], "Direct memory was full. Raise taskmanager.memory.task.off-heap.size, or framework.off-heap.size."),
        (["Connection unexpectedly closed by remote task manager", "RemoteTransportException"], "A TaskManager went away while others spoke with it: look at how its pod ended (out of memory, eviction, a lost node). This failure is the echo, not the cause."),
        (["Heartbeat of TaskManager with id", "is no longer reachable", "TaskManagerLost", "The TaskExecutor is shutting down", "has been released"], "A TaskManager was lost: its pod ended, its node went away, or it was too busy to answer for 50 s. Look at its pod and its node."),
        (["NoResourceAvailableException", "Could not acquire the minimum required resources"], "There were not enough slots in time. Look for Pending TaskManager pods: quota, node pools, or too few TaskManagers."),
        (["Exceeded checkpoint tolerable failure threshold"], "More checkpoints failed in a row than execution.checkpointing.tolerable-failed-checkpoints allows, so Flink restarted the job. The checkpoints say why they failed."),
        (["Recovery is suppressed by"], "The restart strategy gave up: the job failed as often as it allows. The cause below is what to repair."),
        (["StateMigrationException", "new state serializer", "cannot be restored"], "The saved state does not fit the new program: a serializer or a state's type has changed."),
        (["There is no operator for the state", "allowNonRestoredState"], "The savepoint holds state of an operator that the program no longer has. Give operators the same uid, or allow state to be left behind."),
        (["ClassNotFoundException", "NoClassDefFoundError", "NoSuchMethodError"], "A class is missing, or two versions of it meet: look at what the jar and the image bring."),
        (["PartitionNotFoundException"], "A task asked its predecessor for data before that was there, mostly after a TaskManager was lost."),
        (["lost leadership", "leadership lost", "no longer the leader"], "The JobManager lost its leadership: it was too busy, or could not reach the API server to renew its lease."),
        (["AccessDenied", "AccessDeniedException", "Access Denied"], "Storage refused access: look at the service account's role and the bucket's policy."),
    ];

    /// <summary>The meaning, or null.</summary>
    public static string? Of(string stackTrace) => Known.FirstOrDefault(k => k.Words.Any(w => stackTrace.Contains(w, StringComparison.Ordinal))).Meaning;
}
