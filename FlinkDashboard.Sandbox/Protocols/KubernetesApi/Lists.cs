using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>GET of one object and LIST, with the version and paging rules of the API server.</summary>
internal sealed class Lists(SandboxWorld world, VersionWait versions)
{
    /// <summary>Answers a GET of one object.</summary>
    public Task GetAsync(ApiRequest request, ObjectWriter writer)
    {
        var item = UsageMetrics.Serves(request.Type)
            ? world.Usage.Get(request.Type, request.Key, request.Name)
            : world.Objects.Get(request.Type, request.Key, request.Name);
        writer.WriteObject(Start(request), item);
        return request.Http.Response.BodyWriter.FlushAsync(request.Cancel).AsTask();
    }

    /// <summary>Answers a LIST.</summary>
    public async Task ListAsync(ApiRequest request, ObjectWriter writer)
    {
        var selection = new Selection(request);
        var (version, items, resume) = await SnapshotAsync(request).ConfigureAwait(false);
        var limit = request.Number("limit") ?? 0;
        // The watch cache answers "any version" whole.
        if (limit <= 0 || (request.Query("resourceVersion") == "0" && resume is null))
            limit = int.MaxValue;
        var page = new List<WorldObject>();
        long left = 0;
        foreach (var item in items)
        {
            if (resume is not null && !resume.IsBefore(item) || !selection.Matches(item))
                continue;
            if (page.Count < limit)
                page.Add(item);
            else
                left++;
        }
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (left > 0)
        {
            metadata["continue"] = new ContinueToken(version, page[^1].Namespace, page[^1].Name).Text;
            if (selection.IsAll)
                metadata["remainingItemCount"] = left;
        }
        await writer.WriteListAsync(Start(request), request.Type, metadata, page, request.Cancel).ConfigureAwait(false);
    }

    private async Task<(long Version, IReadOnlyList<WorldObject> Items, ContinueToken? Resume)> SnapshotAsync(ApiRequest request)
    {
        if (UsageMetrics.Serves(request.Type))
            return (world.Objects.Version, world.Usage.List(request.Type, request.Scope), null);
        var asked = request.Query("resourceVersion");
        var match = request.Query("resourceVersionMatch");
        if (request.Query("continue") is { Length: > 0 } token)
        {
            if (asked.Length > 0 && asked != "0")
                throw new ApiError(400, "BadRequest", "specifying resource version is not allowed when using continue");
            return Resume(request, ContinueToken.Parse(token));
        }
        VersionWait.CheckMatch(request, asked, match);
        if (asked.Length > 0 && asked != "0")
        {
            var version = VersionWait.Parse(asked);
            await versions.ReachAsync(version, request.Cancel).ConfigureAwait(false);
            // With a limit and no match rule the version is taken exactly (etcd path of the API server).
            if (match == "Exact" || (match.Length == 0 && (request.Number("limit") ?? 0) > 0))
                return (version, world.Objects.ListAt(request.Type, request.Scope, version), null);
        }
        var (now, items) = world.Objects.List(request.Type, request.Scope);
        return (now, items, null);
    }

    private (long, IReadOnlyList<WorldObject>, ContinueToken) Resume(ApiRequest request, ContinueToken token)
    {
        if (token.Version < 0)
        {
            var (now, items) = world.Objects.List(request.Type, request.Scope);
            return (now, items, token);
        }
        try
        {
            return (token.Version, world.Objects.ListAt(request.Type, request.Scope, token.Version), token);
        }
        catch (ApiError e) when (e.Code == 410)
        {
            throw new ApiError(410, "Expired",
                "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
                new JsonObject { ["continue"] = (token with { Version = -1 }).Text });
        }
    }

    private static System.IO.Pipelines.PipeWriter Start(ApiRequest request)
    {
        request.Http.Response.ContentType = "application/json";
        return request.Http.Response.BodyWriter;
    }
}
