using System.Text.RegularExpressions;

namespace FlinkDashboard.Configuration;

/// <summary>
/// An entry of <c>Logs:ApplicationGroups</c>: log groups, or streams of them, that may be read for applications with no more than the right to their own logs. Written
/// <c>GROUP</c>, <c>GROUP:STREAMS</c>, or <c>NAMESPACE=…</c> for applications of one namespace. <c>{namespace}</c> is the application's namespace; <c>*</c> stands for anything up to the next
/// slash, at the end for anything at all.
/// </summary>
public sealed partial class LogGrant
{
    private const string Word = "{namespace}";

    private LogGrant(string text, string? ns, string group, string? streams) => (Text, Namespace, Group, Streams) = (text, ns, group, streams);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Only applications of this namespace; null: of any.</summary>
    public string? Namespace { get; }

    /// <summary>It says whose the lines are: it names a namespace, or takes its name from it.</summary>
    public bool IsOwn => Namespace is not null || Group.Contains(Word, StringComparison.Ordinal) || Streams?.Contains(Word, StringComparison.Ordinal) == true;

    private string Group { get; }

    private string? Streams { get; }

    /// <summary>Reads an entry.</summary>
    /// <param name="text">The entry.</param>
    /// <param name="problem">The rule it breaks; empty when it is good.</param>
    /// <returns>The grant; null when it is none.</returns>
    public static LogGrant? Of(string text, out string problem)
    {
        if (Form().Match(text.Trim()) is not { Success: true } form)
        {
            problem = "it must be GROUP, GROUP:STREAMS or NAMESPACE=GROUP, with letters, digits and -_./#, * and {namespace}";
            return null;
        }
        var (ns, group, streams) = (Value(form.Groups["ns"]), form.Groups["group"].Value, Value(form.Groups["streams"]));
        problem = group.Split('/').Concat(streams?.Split('/') ?? []).Any(part => part.Contains('*', StringComparison.Ordinal) && part.Contains(Word, StringComparison.Ordinal))
            // team-* would be team-a's and, for a namespace team, everybody's whose name begins so.
            ? "* and {namespace} must not stand in the same part between slashes, or one namespace's name could be read as another's"
            : streams?.EndsWith('*') == false ? "streams must end with *: the pod's name follows" : "";
        return problem.Length > 0 ? null : new(text.Trim(), ns, group, streams);
    }

    /// <summary>An application of a namespace may have these streams read.</summary>
    /// <param name="ns">Its namespace.</param>
    /// <param name="group">The log group it names.</param>
    /// <param name="prefixes">What the names of its streams begin with.</param>
    public bool Covers(string ns, string group, IReadOnlyList<string> prefixes) =>
        (Namespace is null || Namespace == ns) && Fits(Group, ns, group) && (Streams is not { } streams || prefixes.All(prefix => Fits(streams, ns, prefix)));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool Fits(string pattern, string ns, string text)
    {
        var form = Regex.Escape(pattern.Replace(Word, ns, StringComparison.Ordinal));
        form = (form.EndsWith(@"\*", StringComparison.Ordinal) ? form[..^2] + ".*" : form).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return Regex.IsMatch(text, $@"\A{form}\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    private static string? Value(Group group) => group.Success ? group.Value : null;

    // CreateLogGroup: letters, digits and _-/.# . Names of streams hold no colon.
    [GeneratedRegex(@"^((?<ns>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)=)?(?<group>([A-Za-z0-9_\-/.#*]|\{namespace\})+)(:(?<streams>([A-Za-z0-9_\-/.#*]|\{namespace\})+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
