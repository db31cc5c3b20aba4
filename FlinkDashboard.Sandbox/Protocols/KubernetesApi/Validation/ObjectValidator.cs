using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>
/// What the API server checks, prunes and defaults in an object before it stores it, and how it words a refusal. Objects are changed in
/// place. Every method throws <see cref="ApiError"/> for a refusal and returns the texts of Warning headers (without <c>299 - </c>).
/// </summary>
public static class ObjectValidator
{
    /// <summary>A POST: the body's identity, unknown fields, defaults, name, metadata and schema.</summary>
    /// <param name="type">Kind in the URL.</param>
    /// <param name="ns">Namespace in the URL, empty for cluster-scoped kinds.</param>
    /// <param name="body">Parsed body.</param>
    /// <param name="mode">Query parameter fieldValidation.</param>
    /// <param name="suffix">Makes the end of a generateName.</param>
    /// <param name="duplicates">Paths of fields that the body gives twice, from <see cref="RequestBody"/>.</param>
    /// <param name="admit">Admission that comes after decoding and before validation, such as "the namespace exists".</param>
    /// <param name="emr">The definitions are those of EMR's operator.</param>
    public static IReadOnlyList<string> Create(ResourceType type, string ns, JsonObject body, FieldValidation mode, Func<string> suffix,
        IReadOnlyList<string>? duplicates = null, Action? admit = null, bool emr = false)
    {
        var warnings = BodyDecoding.Decode(type, body, mode, duplicates ?? [], emr);
        admit?.Invoke();
        var metadata = body["metadata"]!.AsObject();
        PlaceIn(type, ns, metadata);
        if (MetadataRules.Text(metadata, "name").Length == 0 && MetadataRules.Text(metadata, "generateName") is { Length: > 0 } prefix)
            metadata["name"] = prefix + suffix();
        var kind = BodyDecoding.KindOf(body, type);
        var errors = BodyDecoding.WrongType(type, body);
        if (errors.Count > 0)
            throw FieldError.ToStatus(kind, type.Group, MetadataRules.Text(metadata, "name"), errors);
        if (type.HasStatus)
            body.Remove("status");
        BuiltInDefaults.Apply(type, body);
        errors = MetadataRules.New(type, metadata);
        if (Crds.SchemaOf(type, emr) is { } schema)
            errors.AddRange(SchemaCheck.New(schema, body).Concat(Scale(type, body)));
        else
            errors.AddRange(BuiltInRules.New(type, body));
        if (errors.Count > 0)
            throw FieldError.ToStatus(kind, type.Group, MetadataRules.Text(metadata, "name"), errors);
        if (MetadataRules.Text(metadata, "resourceVersion").Length > 0)
            throw new ApiError(500, "", "resourceVersion should not be set on objects to be created");
        return warnings;
    }

    /// <summary>A PUT, before the stored object is read: the body's identity and unknown fields.</summary>
    /// <param name="name">Name in the URL.</param>
    /// <inheritdoc cref="Create" path="/param"/>
    public static IReadOnlyList<string> Decode(ResourceType type, string ns, string name, JsonObject body, FieldValidation mode, IReadOnlyList<string>? duplicates = null, bool emr = false)
    {
        var warnings = BodyDecoding.Decode(type, body, mode, duplicates ?? [], emr);
        var metadata = body["metadata"]!.AsObject();
        var given = MetadataRules.Text(metadata, "name");
        if (given.Length == 0)
            throw BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        if (given != name)
            throw BadRequest($"the name of the object ({given}) does not match the name on the URL ({name})");
        var place = MetadataRules.Text(metadata, "namespace");
        if (ns.Length > 0 && place.Length > 0 && place != ns)
            throw BadRequest($"the namespace of the object ({place}) does not match the namespace on the request ({ns})");
        return warnings;
    }

    /// <summary>A patched object (JSON or merge patch applied to the stored one): unknown fields. What cannot be decoded is a 422 about the patch.</summary>
    public static IReadOnlyList<string> DecodePatched(ResourceType type, JsonObject patched, FieldValidation mode, bool emr = false)
    {
        var whole = patched.DeepClone();
        try
        {
            return BodyDecoding.Decode(type, patched, mode, [], emr);
        }
        catch (ApiError e) when (BodyDecoding.Cause(e) is { } cause)
        {
            throw FieldError.ToStatus("", "", "", [FieldError.Invalid("patch", whole.ToJsonString(JsonText.Options), cause)]);
        }
    }

    /// <summary>
    /// A PUT or PATCH inside the store's update, after <see cref="Decode"/> or <see cref="DecodePatched"/>: resourceVersion, uid, immutable
    /// fields, defaults, metadata and schema. Fields that were already wrong and have not changed are accepted, as by the real server.
    /// </summary>
    /// <param name="stored">A copy of the stored object.</param>
    /// <param name="body">What would be stored.</param>
    /// <param name="part">Main resource or status.</param>
    /// <param name="patch">False for PUT.</param>
    /// <param name="emr">The definitions are those of EMR's operator.</param>
    public static void Update(ResourceType type, string ns, JsonObject stored, JsonObject body, WritePart part, bool patch, bool emr = false)
    {
        var before = stored["metadata"]!.AsObject();
        var metadata = body["metadata"]!.AsObject();
        var name = MetadataRules.Text(before, "name");
        if (!patch)
            CheckUid(type, before, metadata);
        CheckVersion(type, name, before, metadata);
        PlaceIn(type, ns, metadata);
        if (MetadataRules.Text(metadata, "uid").Length == 0)
            metadata["uid"] = MetadataRules.Text(before, "uid");
        var kind = BodyDecoding.KindOf(body, type);
        var errors = BodyDecoding.WrongType(type, body);
        if (errors.Count == 0)
        {
            if (part != WritePart.Status)
                BuiltInDefaults.Apply(type, body);
            errors.AddRange(MetadataRules.Changed(metadata, before));
            if (Crds.SchemaOf(type, emr) is { } schema)
                errors.AddRange(SchemaCheck.Changed(schema, AsStored(stored, body, part), stored).Concat(part == WritePart.Status ? [] : Scale(type, body)));
            else if (part != WritePart.Status)
                errors.AddRange(BuiltInRules.Changed(type, body, stored));
        }
        if (errors.Count > 0)
            throw FieldError.ToStatus(kind, type.Group, MetadataRules.Text(metadata, "name"), errors);
    }

    private static void PlaceIn(ResourceType type, string ns, JsonObject metadata)
    {
        var given = MetadataRules.Text(metadata, "namespace");
        if (!type.Namespaced)
            metadata.Remove("namespace");
        else if (given.Length == 0)
            metadata["namespace"] = ns;
        else if (given != ns)
            throw BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    private static void CheckUid(ResourceType type, JsonObject before, JsonObject metadata)
    {
        var (given, stored) = (MetadataRules.Text(metadata, "uid"), MetadataRules.Text(before, "uid"));
        if (given.Length == 0 || given == stored)
            return;
        var (ns, name) = (MetadataRules.Text(before, "namespace"), MetadataRules.Text(before, "name"));
        var key = string.Join('/', new[] { "/registry", type.IsCustom ? type.Group : "", type.Plural, ns, name }.Where(p => p.Length > 0));
        throw new ApiError(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedName} \"{name}\": StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {given}, UID in object meta: {stored}",
            ApiError.Conflict(type, name).Details);
    }

    // Kinds whose strategy allows it may be replaced without a version (registry strategies, AllowUnconditionalUpdate); custom ones never.
    private static void CheckVersion(ResourceType type, string name, JsonObject before, JsonObject metadata)
    {
        var given = MetadataRules.Text(metadata, "resourceVersion");
        var stored = MetadataRules.Text(before, "resourceVersion");
        if (given.Length > 0 && !ulong.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new ApiError(500, "", $"strconv.ParseUint: parsing {FieldError.Quoted(given)}: invalid syntax");
        if (given is "" or "0" && !AllowsUnconditional(type))
            throw FieldError.ToStatus(type.Plural, type.Group, name, [FieldError.Invalid("metadata.resourceVersion", 0, "must be specified for an update")]);
        if (given is not ("" or "0") && given != stored)
            throw ApiError.Conflict(type, name);
        metadata["resourceVersion"] = stored;
    }

    private static bool AllowsUnconditional(ResourceType type) => !type.IsCustom
        && type != ResourceTypes.Leases && type != ResourceTypes.ServiceAccounts && type != ResourceTypes.CustomResourceDefinitions
        && type != ResourceTypes.ValidatingWebhookConfigurations && type != ResourceTypes.MutatingWebhookConfigurations;

    // The store keeps what the other endpoint owns, so that is what must be valid together.
    private static JsonObject AsStored(JsonObject stored, JsonObject body, WritePart part)
    {
        var (result, other) = part == WritePart.Status ? (stored.DeepClone().AsObject(), body) : (body.DeepClone().AsObject(), stored);
        if (part == WritePart.All)
            return result;
        result.Remove("status");
        if (other["status"] is { } status)
            result["status"] = status.DeepClone();
        return result;
    }

    private static IEnumerable<FieldError> Scale(ResourceType type, JsonObject body)
    {
        if (Crds.ScalePathOf(type) is not { } path)
            yield break;
        var value = path.Trim('.').Split('.').Aggregate((JsonNode?)body, (node, key) => (node as JsonObject)?[key]);
        if (SchemaCheck.TypeOf(value) != "integer" || !long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out var replicas))
            yield break;
        if (replicas < 0)
            yield return FieldError.Invalid(path, value, "should be a non-negative integer");
        if (replicas > int.MaxValue)
            yield return FieldError.Invalid(path, value, $"should be less than or equal to {int.MaxValue}");
    }

    private static ApiError BadRequest(string message) => new(400, "BadRequest", message);
}
