using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>A patch of a request: JSON patch (RFC 6902) or merge patch (RFC 7386).</summary>
internal sealed class Patch
{
    private readonly ApiRequest _request;
    private readonly JsonNode? _document;
    private readonly bool _isMerge;

    private Patch(ApiRequest request, JsonNode? document, bool isMerge) => (_request, _document, _isMerge) = (request, document, isMerge);

    /// <summary>Reads the body; 415 or 501 for kinds of patch that are not done, 400 when it does not parse.</summary>
    public static async Task<Patch> ReadAsync(ApiRequest request)
    {
        var media = (request.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        var isMerge = media switch
        {
            "application/merge-patch+json" => true,
            "application/json-patch+json" => false,
            "application/strategic-merge-patch+json" when !request.Type.IsCustom => throw StatusAnswer.NotImplemented(request.Http, "strategic merge patch; send a merge patch or a JSON patch"),
            "application/apply-patch+yaml" or "application/apply-patch+cbor" => throw StatusAnswer.NotImplemented(request.Http, "server-side apply; send a merge patch or a JSON patch"),
            _ => throw Bodies.Unsupported(request.Type.IsCustom
                ? "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"
                : "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"),
        };
        var bytes = await Bodies.ReadAsync(request.Http.Request, request.Cancel).ConfigureAwait(false);
        try
        {
            return new Patch(request, JsonNode.Parse(bytes.Span), isMerge);
        }
        catch (JsonException e)
        {
            throw new ApiError(400, "BadRequest", $"error decoding patch: {e.Message}");
        }
    }

    /// <summary>The patched object; 422 when an operation fails.</summary>
    public JsonObject Apply(JsonObject target)
    {
        if (_isMerge)
        {
            return _document is JsonObject patch
                ? (JsonObject)MergePatch.Apply(target, patch)
                : throw new ApiError(400, "BadRequest", "error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}");
        }
        try
        {
            return JsonPatch.Apply(target, _document) as JsonObject ?? throw new FormatException("the document is no object");
        }
        catch (FormatException e)
        {
            throw new ApiError(422, "Invalid", $"the server rejected our request due to an error in our request: {e.Message}",
                new JsonObject { ["name"] = _request.Name, ["group"] = _request.Type.Group, ["kind"] = _request.Type.Plural });
        }
    }
}
