using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>The query of a log request (core/v1 PodLogOptions); 422 for values the API server refuses.</summary>
internal sealed record PodLogOptions
{
    /// <summary>Container, empty when not named.</summary>
    public string Container { get; private init; } = "";

    /// <summary>Stay until the container ends.</summary>
    public bool Follow { get; private init; }

    /// <summary>The container before the present one.</summary>
    public bool Previous { get; private init; }

    /// <summary>Put the time before each line.</summary>
    public bool Timestamps { get; private init; }

    /// <summary>Only this many last lines; null for all.</summary>
    public long? TailLines { get; private init; }

    /// <summary>Stop after so many bytes; null for no limit.</summary>
    public long? LimitBytes { get; private init; }

    /// <summary>Lines of that moment or later; null for all. The kubelet is asked in whole seconds.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>Reads and checks the query.</summary>
    public static PodLogOptions Read(ApiRequest request, DateTimeOffset now)
    {
        var seconds = request.Number("sinceSeconds");
        var tail = request.Number("tailLines");
        var limit = request.Number("limitBytes");
        var time = request.Query("sinceTime");
        if (request.Query("stream") is not ("" or "All"))
            throw StatusAnswer.NotImplemented(request.Http, "stream other than All");
        if (tail < 0)
            throw Invalid(request, "tailLines", $"Invalid value: {tail}: must be greater than or equal to 0");
        if (limit < 1)
            throw Invalid(request, "limitBytes", $"Invalid value: {limit}: must be greater than 0");
        if (seconds is not null && time.Length > 0)
            throw Invalid(request, "", "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified");
        if (seconds < 1)
            throw Invalid(request, "sinceSeconds", $"Invalid value: {seconds}: must be greater than 0");
        return new PodLogOptions
        {
            Container = request.Query("container"),
            Follow = request.Flag("follow"),
            Previous = request.Flag("previous"),
            Timestamps = request.Flag("timestamps"),
            TailLines = tail,
            LimitBytes = limit,
            Since = seconds is { } s ? now.AddSeconds(-s) : time.Length > 0 ? Moment(time) : null,
        };
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond))
            : throw new ApiError(400, "BadRequest", $"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");

    private static ApiError Invalid(ApiRequest request, string field, string message)
    {
        var shown = field.Length > 0 ? $"{field}: {message}" : $"<nil>: {message}";
        return new ApiError(422, "Invalid", $"PodLogOptions \"{request.Name}\" is invalid: {shown}", new JsonObject
        {
            ["name"] = request.Name,
            ["kind"] = "PodLogOptions",
            ["causes"] = new JsonArray(new JsonObject
            {
                ["reason"] = message.StartsWith("Forbidden", StringComparison.Ordinal) ? "FieldValueForbidden" : "FieldValueInvalid",
                ["message"] = message,
                ["field"] = field.Length > 0 ? field : "<nil>",
            }),
        });
    }
}
