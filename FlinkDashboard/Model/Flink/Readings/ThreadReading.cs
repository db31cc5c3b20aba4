using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>One thread of a dump.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">RUNNABLE, WAITING, TIMED_WAITING, BLOCKED …</param>
/// <param name="WaitsFor">The lock or condition it waits for; null when for none.</param>
/// <param name="Owner">The thread that holds that lock; null when nobody does or it is not told.</param>
/// <param name="Holds">Locks it holds.</param>
/// <param name="Top">The first line of its stack; empty without one.</param>
/// <param name="Text">All of it.</param>
public sealed partial record ThreadReading(string Name, string State, string? WaitsFor, string? Owner, IReadOnlyList<string> Holds, string Top, string Text)
{
    /// <summary>Threads that wait for a lock this one holds.</summary>
    public IReadOnlyList<string> Waiters { get; private init; } = [];

    /// <summary>Reads a dump: threads that others wait for first, then blocked ones, then the others, by name.</summary>
    public static IReadOnlyList<ThreadReading> Of(ThreadDump dump)
    {
        var all = dump.ThreadInfos.Select(Of).ToList();
        return
        [
            .. all.Select(thread => thread with
            {
                Waiters = [.. all.Where(other => other.Name != thread.Name && other.WaitsFor is { } wanted && (other.Owner == thread.Name || (other.State == "BLOCKED" && thread.Holds.Contains(wanted)))).Select(other => other.Name)],
            }).OrderByDescending(t => t.Waiters.Count).ThenByDescending(t => t.State == "BLOCKED").ThenBy(t => t.Name, StringComparer.Ordinal),
        ];
    }

    private static ThreadReading Of(ThreadInfo thread)
    {
        var text = thread.StringifiedThreadInfo.Trim();
        var lines = text.Split('\n');
        var head = Head().Match(lines[0]);
        var holds = lines.Select(l => Held().Match(l)).Where(m => m.Success).Select(m => m.Groups["lock"].Value).Distinct().ToList();
        var top = lines.Skip(1).Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("at ", StringComparison.Ordinal));
        return new(thread.ThreadName, head.Groups["state"] is { Success: true } state ? state.Value : "", Value(head, "lock"), Value(head, "owner"), holds, top is null ? "" : top[3..], text);
    }

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0 } found ? found.Value : null;

    // "name" Id=12 BLOCKED on java.lang.Object@1f owned by "other" Id=9: the form of java.lang.management.ThreadInfo.toString.
    [GeneratedRegex("""Id=\d+ (?<state>[A-Z_]+)(?: on (?<lock>\S+))?(?: owned by "(?<owner>[^"]*)")?""")]
    private static partial Regex Head();

    [GeneratedRegex(@"^\s*-\s+(?:locked\s+)?(?<lock>[\w.$]+@[0-9a-f]+)\s*$")]
    private static partial Regex Held();
}
