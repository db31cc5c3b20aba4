namespace FlinkDashboard.Model.Logs;

/// <summary>
/// Names of CloudWatch streams and of the pods they come from. EMR on EKS writes <c>PREFIX/POD/STDOUT</c>; with an empty prefix <c>/POD/STDOUT</c> or
/// <c>POD/STDOUT</c>.
/// </summary>
public static class StreamName
{
    /// <summary>The pod a stream comes from; null when the name does not say.</summary>
    public static string? PodOf(string stream)
    {
        var parts = stream.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2 && IsOutput(parts[^1]) ? parts[^2] : null;
    }

    /// <summary>What the container wrote to, <c>STDOUT</c> or <c>STDERR</c>; null when the name does not say.</summary>
    public static string? OutputOf(string stream) => stream[(stream.LastIndexOf('/') + 1)..] is var last && IsOutput(last) ? last.ToUpperInvariant() : null;

    /// <summary>Prefixes that streams of a deployment's pods may begin with.</summary>
    public static IReadOnlyList<string> PrefixesOf(string? prefix, string deployment) =>
        prefix?.Trim('/') is { Length: > 0 } trimmed ? [$"{trimmed}/{deployment}-"] : [$"/{deployment}-", $"{deployment}-"];

    /// <summary>
    /// The pod is the deployment's own and not one of a deployment whose name begins alike: JobManagers are <c>NAME-HASH-SUFFIX</c> (a ReplicaSet's), TaskManagers
    /// <c>NAME-taskmanager-ATTEMPT-INDEX</c>, in standalone mode <c>NAME-taskmanager-HASH-SUFFIX</c>.
    /// </summary>
    public static bool BelongsTo(string pod, string deployment)
    {
        if (!pod.StartsWith(deployment + "-", StringComparison.Ordinal))
            return false;
        var rest = pod[(deployment.Length + 1)..];
        if (rest.StartsWith("taskmanager-", StringComparison.Ordinal))
            rest = rest["taskmanager-".Length..];
        return rest.Split('-') is [var first, var second] && ((IsNumber(first) && IsNumber(second)) || (IsHash(first) && IsSuffix(second)));
    }

    /// <summary>Pods of the one deployment could be taken for pods of the other by their names: <see cref="BelongsTo"/> cannot tell them apart.</summary>
    public static bool AreAlike(string one, string other) => one == other || one == other + TaskManager || other == one + TaskManager;

    private const string TaskManager = "-taskmanager";

    private static bool IsOutput(string part) => part is "STDOUT" or "STDERR" or "stdout" or "stderr";

    private static bool IsNumber(string part) => part.Length is > 0 and < 8 && part.All(char.IsAsciiDigit);

    // apimachinery's rand.SafeEncodeString: no vowels and no 0, 1, 3.
    private static bool IsHash(string part) => part.Length is >= 6 and <= 10 && part.All(Safe);

    private static bool IsSuffix(string part) => part.Length == 5 && part.All(Safe);

    private static bool Safe(char c) => c is (>= 'b' and <= 'z' or '2' or >= '4' and <= '9') and not ('e' or 'i' or 'o' or 'u' or 'y');
}
