using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Delete and deletecollection with DeleteOptions from body or query.</summary>
internal sealed class Deletes(SandboxWorld world)
{
    /// <summary>DELETE of one object.</summary>
    public async Task DeleteAsync(ApiRequest request, ObjectWriter writer)
    {
        var options = await ReadOptionsAsync(request).ConfigureAwait(false);
        var (item, gone) = world.Objects.Delete(request.Type, request.Key, request.Name, options);
        // Pods and services are answered themselves, other kinds with a Status once they are gone.
        if (!gone || request.Type == ResourceTypes.Pods || request.Type == ResourceTypes.Services)
        {
            request.Http.Response.ContentType = "application/json";
            writer.WriteObject(request.Http.Response.BodyWriter, item);
            return;
        }
        var details = new JsonObject { ["name"] = item.Name };
        if (request.Type.Group.Length > 0)
            details["group"] = request.Type.Group;
        details["kind"] = request.Type.Plural;
        details["uid"] = item.Uid;
        await StatusAnswer.WriteAsync(request.Http, 200, StatusAnswer.Success(details)).ConfigureAwait(false);
    }

    /// <summary>DELETE of a selected collection; answers the list of what was deleted.</summary>
    public async Task DeleteCollectionAsync(ApiRequest request, ObjectWriter writer)
    {
        var options = await ReadOptionsAsync(request).ConfigureAwait(false);
        var selection = new Selection(request);
        var (version, items) = world.Objects.List(request.Type, request.Scope);
        var deleted = new List<WorldObject>();
        foreach (var item in items.Where(selection.Matches))
        {
            try
            {
                deleted.Add(world.Objects.Delete(request.Type, item.Namespace, item.Name, options).Object);
            }
            catch (ApiError e) when (e.Code == 404)
            {
                // Someone else was faster.
            }
        }
        request.Http.Response.ContentType = "application/json";
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await writer.WriteListAsync(request.Http.Response.BodyWriter, request.Type, metadata, deleted, request.Cancel).ConfigureAwait(false);
    }

    private static async Task<DeleteRequest> ReadOptionsAsync(ApiRequest request)
    {
        var bytes = await Bodies.ReadAsync(request.Http.Request, request.Cancel).ConfigureAwait(false);
        JsonObject body;
        try
        {
            body = bytes.Length == 0 ? [] : JsonNode.Parse(Bodies.AsJson(request.Http.Request, bytes).Span) as JsonObject ?? [];
        }
        catch (JsonException e)
        {
            throw new ApiError(400, "BadRequest", $"couldn't get version/kind; json parse error: {e.Message}");
        }
        var propagation = (string?)body["propagationPolicy"] ?? (request.Query("propagationPolicy") is { Length: > 0 } q ? q : null);
        if (propagation is null && ((bool?)body["orphanDependents"] == true || request.Flag("orphanDependents")))
            propagation = "Orphan";
        if (propagation is not (null or "Background" or "Foreground" or "Orphan"))
            throw InvalidOptions("propagationPolicy", $"Unsupported value: \"{propagation}\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        var dryRun = body["dryRun"] as JsonArray;
        if (dryRun?.Any(v => (string?)v != "All") == true)
            throw InvalidOptions("dryRun", $"Unsupported value: {dryRun.ToJsonString()}: supported values: \"All\"");
        return new DeleteRequest
        {
            Propagation = propagation,
            GraceSeconds = (long?)body["gracePeriodSeconds"] ?? request.Number("gracePeriodSeconds"),
            Uid = (string?)body["preconditions"]?["uid"],
            ResourceVersion = (string?)body["preconditions"]?["resourceVersion"],
            DryRun = request.DryRun || dryRun is { Count: > 0 },
        };
    }

    private static ApiError InvalidOptions(string field, string message) => new(422, "Invalid", $"DeleteOptions.meta.k8s.io \"\" is invalid: {field}: {message}", new JsonObject
    {
        ["group"] = "meta.k8s.io",
        ["kind"] = "DeleteOptions",
        ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueNotSupported", ["message"] = message, ["field"] = field }),
    });
}
