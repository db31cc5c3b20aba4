using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Kubernetes <c>Status</c> bodies, and other small JSON answers.</summary>
internal static class StatusAnswer
{
    /// <summary>The failure Status of a refusal.</summary>
    public static JsonObject Of(ApiError error)
    {
        var metadata = new JsonObject();
        var details = error.Details?.DeepClone().AsObject();
        // Only list answers carry it: the token with which an expired list may go on inconsistently.
        if (details?["continue"] is { } token)
        {
            metadata["continue"] = token.DeepClone();
            details = null;
        }
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
            ["status"] = "Failure",
            ["message"] = error.Message,
        };
        if (error.Reason.Length > 0)
            status["reason"] = error.Reason;
        if (details is not null)
            status["details"] = details;
        status["code"] = error.Code;
        return status;
    }

    /// <summary>The answer to a deletion that is complete.</summary>
    public static JsonObject Success(JsonObject details) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = details,
    };

    /// <summary>Refused because the sandbox does not do it; names the request.</summary>
    public static ApiError NotImplemented(HttpContext http, string why) =>
        new(501, "NotImplemented", $"the sandbox does not support {http.Request.Method} {http.Request.Path}{http.Request.QueryString}: {why}");

    /// <summary>405.</summary>
    public static ApiError MethodNotAllowed(HttpContext http) =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", new JsonObject());

    /// <summary>Writes a refusal.</summary>
    public static Task WriteAsync(HttpContext http, ApiError error)
    {
        if (error.Details?["retryAfterSeconds"] is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString();
        return WriteAsync(http, error.Code, Of(error));
    }

    /// <summary>Writes a JSON document.</summary>
    public static async Task WriteAsync(HttpContext http, int code, JsonNode body, string contentType = "application/json")
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonText.Options);
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes a text.</summary>
    public static Task WriteTextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
