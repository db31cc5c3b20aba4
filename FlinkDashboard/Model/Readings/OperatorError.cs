using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Readings;

/// <summary>The operator's <c>status.error</c>: JSON with type and message, or plain text.</summary>
/// <param name="Type">Full name of the Java class; null for plain text.</param>
/// <param name="Message">The sentence; never empty.</param>
/// <param name="Causes">What it was caused by, outermost first.</param>
/// <param name="Labels">Failure labels, if a mapper is configured.</param>
/// <param name="StackTrace">Only when the operator is told to include it.</param>
public sealed partial record OperatorError(string? Type, string Message, IReadOnlyList<OperatorError> Causes, IReadOnlyList<string> Labels, string? StackTrace)
{
    /// <summary>The class without its package, or null.</summary>
    public string? ShortType => Type is null ? null : Type[(Type.LastIndexOf('.') + 1)..];

    /// <summary>The message of the innermost cause that says anything: usually what one wants to know.</summary>
    public string RootMessage => Causes.LastOrDefault(c => c.Message.Length > 0)?.RootMessage ?? Message;

    /// <summary><see cref="RootMessage"/> without the Java class names that wrapped exceptions pile up in front of it.</summary>
    public string Plain => ClassNames().Replace(RootMessage, "") is { Length: > 0 } plain ? plain : RootMessage;

    /// <summary>Reads the field; null when there is no error.</summary>
    public static OperatorError? Of(string? error)
    {
        if (string.IsNullOrWhiteSpace(error))
            return null;
        if (error.AsSpan().TrimStart().StartsWith('{'))
        {
            try
            {
                using var document = JsonDocument.Parse(error);
                return From(document.RootElement, error);
            }
            catch (JsonException)
            {
                // The operator cuts long fields: what is left is no JSON any more, but still the best there is.
            }
        }
        return new(null, error.Trim(), [], [], null);
    }

    private static OperatorError From(JsonElement json, string whole)
    {
        var type = Text(json, "type");
        var causes = json.TryGetProperty("throwableList", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object).Select(c => From(c, "")).ToArray()
            : [];
        var labels = json.TryGetProperty("additionalMetadata", out var more) && more.ValueKind == JsonValueKind.Object
            && more.TryGetProperty("labels", out var found) && found.ValueKind == JsonValueKind.Array
                ? found.EnumerateArray().Select(l => l.ToString()).ToArray()
                : [];
        var message = Text(json, "message");
        return new(type, !string.IsNullOrWhiteSpace(message) ? message : type ?? whole, causes, labels, Text(json, "stackTrace"));
    }

    [GeneratedRegex(@"^\s*(?:[\w.$]+(?:Exception|Error|Throwable):\s*)+")]
    private static partial Regex ClassNames();

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
