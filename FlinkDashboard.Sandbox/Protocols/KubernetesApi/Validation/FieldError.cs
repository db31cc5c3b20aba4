using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>One cause of a 422: what is wrong with one field, worded as the API server words it (apimachinery, field errors).</summary>
/// <param name="Reason">Cause reason, for instance <c>FieldValueInvalid</c>.</param>
/// <param name="Field">Path, for instance <c>spec.job.parallelism</c>; <c>&lt;nil&gt;</c> for the object itself.</param>
/// <param name="Message">Text without the path.</param>
public sealed record FieldError(string Reason, string Field, string Message)
{
    /// <summary>The path that stands for the whole object.</summary>
    public const string Root = "<nil>";

    /// <summary>A value that breaks a rule.</summary>
    public static FieldError Invalid(string field, JsonNode? value, string detail) => new("FieldValueInvalid", field, $"Invalid value: {Shown(value)}: {detail}");

    /// <summary>A value of the wrong JSON type; the value shown is the name of its type.</summary>
    public static FieldError WrongType(string field, string expected, string actual) =>
        new("FieldValueTypeInvalid", field, $"Invalid value: \"{actual}\": {field} in body must be of type {expected}: \"{actual}\"");

    /// <summary>A missing value.</summary>
    public static FieldError Required(string field, string detail = "") => new("FieldValueRequired", field, WithDetail("Required value", detail));

    /// <summary>A value that may not be given here.</summary>
    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, WithDetail("Forbidden", detail));

    /// <summary>A value outside an enumeration.</summary>
    public static FieldError NotSupported(string field, JsonNode? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field, $"Unsupported value: {Shown(value)}: supported values: {string.Join(", ", supported.Select(Quoted))}");

    /// <summary>A value that stands twice in a set.</summary>
    public static FieldError Duplicate(string field, JsonNode? value) => new("FieldValueDuplicate", field, $"Duplicate value: {Shown(value)}");

    /// <summary>A text longer than allowed, in bytes.</summary>
    public static FieldError TooLong(string field, long most) => new("FieldValueTooLong", field, $"Too long: may not be more than {most} bytes");

    /// <summary>More items than allowed.</summary>
    public static FieldError TooMany(string field, long actual, long most) => new("FieldValueTooMany", field, $"Too many: {actual}: must have at most {most} items");

    /// <summary>The 422 for a list of causes: the message joins what differs, the details list all.</summary>
    /// <param name="kind">Kind as the object names itself.</param>
    /// <param name="group">API group, empty for core.</param>
    /// <param name="name">Object name, empty when it has none.</param>
    public static ApiError ToStatus(string kind, string group, string name, IReadOnlyList<FieldError> errors)
    {
        var texts = errors.Select(e => e.ToString()).Distinct().ToList();
        var all = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        var details = new JsonObject();
        if (name.Length > 0)
            details["name"] = name;
        if (group.Length > 0)
            details["group"] = group;
        if (kind.Length > 0)
            details["kind"] = kind;
        details["causes"] = new JsonArray([.. errors.Select(e => (JsonNode)new JsonObject { ["reason"] = e.Reason, ["message"] = e.Message, ["field"] = e.Field })]);
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new ApiError(422, "Invalid", $"{qualified} {Quoted(name)} is invalid: {all}", details);
    }

    /// <summary>A Go %q of a text.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, JsonText.Options);

    /// <inheritdoc />
    public override string ToString() => $"{Field}: {Message}";

    private static string WithDetail(string text, string detail) => detail.Length == 0 ? text : $"{text}: {detail}";

    private static string Shown(JsonNode? value) => value switch
    {
        null => "\"null\"",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => Quoted(v.GetValue<string>()),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => Number(v),
        JsonValue v => v.ToJsonString(),
        _ => Sorted(value).ToJsonString(GoJson),
    };

    private static string Number(JsonValue value)
    {
        var text = value.ToJsonString();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? text : double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
    }

    // Go writes the keys of a map in order and escapes what HTML would read.
    private static readonly JsonSerializerOptions GoJson = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(AllButHtml()) };

    private static System.Text.Encodings.Web.TextEncoderSettings AllButHtml()
    {
        var settings = new System.Text.Encodings.Web.TextEncoderSettings(System.Text.Unicode.UnicodeRanges.All);
        settings.ForbidCharacters('<', '>', '&');
        settings.AllowCharacters('\'', '+', '`');
        return settings;
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (JsonNode?)Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(x => x is null ? null : Sorted(x))]),
        _ => node.DeepClone(),
    };
}
