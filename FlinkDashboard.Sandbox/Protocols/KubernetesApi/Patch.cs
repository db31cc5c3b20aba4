using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>A patch of a request: JSON patch (RFC 6902), merge patch (RFC 7386), or strategic merge patch of a built-in kind.</summary>
internal sealed class Patch
{
    private const string JsonMedia = "application/json-patch+json", MergeMedia = "application/merge-patch+json", StrategicMedia = "application/strategic-merge-patch+json";

    private readonly ApiRequest _request;
    private readonly JsonNode? _document;
    private readonly string _media;

    private Patch(ApiRequest request, JsonNode? document, string media) => (_request, _document, _media) = (request, document, media);

    /// <summary>Reads the body; 415 or 501 for kinds of patch that are not done, 400 when it does not parse.</summary>
    public static async Task<Patch> ReadAsync(ApiRequest request)
    {
        var media = (request.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (media is "application/apply-patch+yaml" or "application/apply-patch+cbor")
            throw StatusAnswer.NotImplemented(request.Http, "server-side apply; send a merge patch or a JSON patch");
        if (media is not (MergeMedia or JsonMedia) && (media != StrategicMedia || request.Type.IsCustom))
        {
            throw Bodies.Unsupported(request.Type.IsCustom
                ? "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"
                : "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
        }
        var bytes = await Bodies.ReadAsync(request.Http.Request, request.Cancel).ConfigureAwait(false);
        try
        {
            return new Patch(request, JsonNode.Parse(bytes.Span), media);
        }
        catch (JsonException e)
        {
            throw new ApiError(400, "BadRequest", $"error decoding patch: {e.Message}");
        }
    }

    /// <summary>The patched object; 422 when an operation fails.</summary>
    public JsonObject Apply(JsonObject target)
    {
        if (_media == MergeMedia)
            return (JsonObject)MergePatch.Apply(target, Map());
        try
        {
            if (_media == StrategicMedia)
                return StrategicMergePatch.Apply(target, Map());
            return JsonPatch.Apply(target, _document) as JsonObject ?? throw new FormatException("the document is no object");
        }
        catch (FormatException e)
        {
            throw new ApiError(422, "Invalid", $"the server rejected our request due to an error in our request: {e.Message}",
                new JsonObject { ["name"] = _request.Name, ["group"] = _request.Type.Group, ["kind"] = _request.Type.Plural });
        }
    }

    private JsonObject Map() => _document as JsonObject
        ?? throw new ApiError(400, "BadRequest", "error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}");
}
