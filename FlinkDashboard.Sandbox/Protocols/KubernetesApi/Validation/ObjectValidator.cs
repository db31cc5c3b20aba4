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
    public static IReadOnlyList<string> Create(ResourceType type, string ns, JsonObject body, FieldValidation mode, Func<string> suffix, IReadOnlyList<string>? duplicates = null) =>
        throw new NotImplementedException();

    /// <summary>A PUT, before the stored object is read: the body's identity and unknown fields.</summary>
    /// <param name="name">Name in the URL.</param>
    public static IReadOnlyList<string> Decode(ResourceType type, string ns, string name, JsonObject body, FieldValidation mode, IReadOnlyList<string>? duplicates = null) =>
        throw new NotImplementedException();

    /// <summary>A patched object (JSON or merge patch applied to the stored one): unknown fields.</summary>
    public static IReadOnlyList<string> DecodePatched(ResourceType type, JsonObject patched, FieldValidation mode) =>
        throw new NotImplementedException();

    /// <summary>
    /// A PUT or PATCH inside the store's update, after <see cref="Decode"/> or <see cref="DecodePatched"/>: resourceVersion, uid, immutable
    /// fields, defaults, metadata and schema. Fields that were already wrong and have not changed are accepted, as by the real server.
    /// </summary>
    /// <param name="stored">A copy of the stored object.</param>
    /// <param name="body">What would be stored.</param>
    /// <param name="part">Main resource or status.</param>
    /// <param name="patch">False for PUT.</param>
    public static void Update(ResourceType type, string ns, JsonObject stored, JsonObject body, WritePart part, bool patch) =>
        throw new NotImplementedException();
}
