using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>The first step of a write: is this a body of the kind, can its metadata be read, which fields are unknown (apiserver, request decoding).</summary>
internal static class BodyDecoding
{
    private const string Handled = " cannot be handled as a ";

    /// <summary>Prunes a body in place; 400 when it is not of this kind or, in strict mode, has unknown or duplicate fields.</summary>
    /// <returns>Warnings.</returns>
    public static IReadOnlyList<string> Decode(ResourceType type, JsonObject body, FieldValidation mode, IReadOnlyList<string> duplicates, bool emr)
    {
        CheckKind(type, body);
        if (body["metadata"] is null)
            body["metadata"] = new JsonObject();
        if (body["metadata"] is not JsonObject metadata)
            throw Unreadable(type, body, type.IsCustom ? $"expected map[string]interface{{}}, got {SchemaCheck.TypeOf(body["metadata"])}" : $"json: cannot unmarshal {SchemaCheck.TypeOf(body["metadata"])} into Go struct field {type.Kind}.metadata of type v1.ObjectMeta");
        if (MetadataShape.WrongType(metadata, type.IsCustom) is { } wrong)
            throw Unreadable(type, body, wrong);
        if (!type.IsCustom && BuiltInRules.Unreadable(type, body) is { } quantity)
            throw Unreadable(type, body, quantity);
        var unknown = MetadataShape.Prune(metadata).ToList();
        if (Crds.SchemaOf(type, emr) is { } schema)
            unknown.AddRange(SchemaPruning.Prune(body, schema));
        List<string> found = [.. duplicates.Select(d => $"duplicate field \"{d}\""), .. unknown.Select(u => $"unknown field \"{u}\"")];
        if (found.Count > 0 && mode == FieldValidation.Strict)
            throw Unreadable(type, body, $"strict decoding error: {string.Join(", ", found)}");
        return mode == FieldValidation.Warn ? found : [];
    }

    /// <summary>Kind as the body names itself.</summary>
    public static string KindOf(JsonObject body, ResourceType type) => MetadataRules.Text(body, "kind") is { Length: > 0 } kind ? kind : type.Kind;

    /// <summary>A custom resource is decoded whatever it calls itself, and refused afterwards.</summary>
    public static List<FieldError> WrongType(ResourceType type, JsonObject body)
    {
        var errors = new List<FieldError>();
        if (!type.IsCustom)
            return errors;
        if (MetadataRules.Text(body, "kind") != type.Kind)
            errors.Add(FieldError.Invalid("kind", MetadataRules.Text(body, "kind"), $"must be {type.Kind}"));
        if (MetadataRules.Text(body, "apiVersion") != type.ApiVersion)
            errors.Add(FieldError.Invalid("apiVersion", MetadataRules.Text(body, "apiVersion"), $"must be {type.ApiVersion}"));
        return errors;
    }

    /// <summary>What a decoding error is about, without the kind before it; null for other errors.</summary>
    public static string? Cause(ApiError error)
    {
        var at = error.Message.IndexOf(Handled, StringComparison.Ordinal);
        return error.Code != 400 || at < 0 ? null : error.Message[(error.Message.IndexOf(": ", at, StringComparison.Ordinal) + 2)..];
    }

    private static void CheckKind(ResourceType type, JsonObject body)
    {
        var kind = MetadataRules.Text(body, "kind");
        var version = MetadataRules.Text(body, "apiVersion");
        if (type.IsCustom)
        {
            if (kind.Length == 0)
                throw Unreadable(type, body, $"Object 'Kind' is missing in '{body.ToJsonString(JsonText.Options)}'");
            if (version.Length > 0 && version != type.ApiVersion)
                throw OtherVersion(type, version);
            return;
        }
        if (version.Length == 0)
            version = type.ApiVersion;
        if (kind.Length == 0)
            kind = type.Kind;
        if (kind == type.Kind && version == type.ApiVersion)
            return;
        if (ResourceTypes.FindKind(version, kind) is not { IsCustom: false })
            throw Unreadable(type, body, $"no kind \"{kind}\" is registered for version \"{version}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        if (version != type.ApiVersion)
            throw OtherVersion(type, version);
        throw Unreadable(type, body, $"converting (v1.{kind}) to ({Package(type)}.{type.Kind}): unknown conversion");
    }

    private static ApiError OtherVersion(ResourceType type, string given) =>
        new(400, "BadRequest", $"the API version in the data ({given}) does not match the expected API version ({type.ApiVersion})");

    private static ApiError Unreadable(ResourceType type, JsonObject body, string why)
    {
        var version = MetadataRules.Text(body, "apiVersion") is { Length: > 0 } given ? given[(given.IndexOf('/', StringComparison.Ordinal) + 1)..] : type.Version;
        return new ApiError(400, "BadRequest", $"{KindOf(body, type)} in version \"{version}\"{Handled}{type.Kind}: {why}");
    }

    private static string Package(ResourceType type) => type.Group.Length == 0 ? "core" : type.Group.Split('.')[0];
}
