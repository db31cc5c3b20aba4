using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Rules of <c>resourceVersion</c> and <c>resourceVersionMatch</c> parameters.</summary>
internal sealed class VersionWait(SandboxWorld world, TimeProvider real)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Reads a version; 400 when it is no number.</summary>
    public static long Parse(string text) => long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var version) && version >= 0
        ? version
        : throw new ApiError(400, "BadRequest", $"Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");

    /// <summary>422 for a match rule that does not go with the version.</summary>
    public static void CheckMatch(ApiRequest request, string asked, string match)
    {
        if (match.Length == 0)
            return;
        var why = match is not ("Exact" or "NotOlderThan") ? $"resourceVersionMatch: Unsupported value: \"{match}\": supported values: \"Exact\", \"NotOlderThan\""
            : request.IsWatch && !request.Flag("sendInitialEvents") ? "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
            : !request.IsWatch && asked.Length == 0 ? "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided"
            : match == "Exact" && asked == "0" ? "resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""
            : null;
        if (why is not null)
            throw Invalid(why);
    }

    /// <summary>422 for list or write options, which have no name.</summary>
    public static ApiError Invalid(string why, string options = "ListOptions")
    {
        var field = why[..why.IndexOf(':')];
        var message = why[(field.Length + 2)..];
        return new ApiError(422, "Invalid", $"{options}.meta.k8s.io \"\" is invalid: {why}", new JsonObject
        {
            ["group"] = "meta.k8s.io",
            ["kind"] = options,
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = message.StartsWith("Forbidden", StringComparison.Ordinal) ? "FieldValueForbidden" : "FieldValueNotSupported", ["message"] = message, ["field"] = field }),
        });
    }

    /// <summary>Waits up to 3 s of real time until the world has come to a version; 504 when it has not.</summary>
    public async Task ReachAsync(long version, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, real);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            while (world.Objects.Version is var now && now < version)
                await world.Objects.WaitForChangeAsync(now, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ApiError(504, "Timeout", $"Timeout: Too large resource version: {version}, current: {world.Objects.Version}", new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
                ["retryAfterSeconds"] = 1,
            });
        }
    }
}
