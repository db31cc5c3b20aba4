using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>A JSON body as the API server reads it: a later field of the same name wins and is reported.</summary>
/// <param name="Object">The parsed object.</param>
/// <param name="Duplicates">Paths of fields given twice, for instance <c>spec.image</c>.</param>
public sealed record RequestBody(JsonObject Object, IReadOnlyList<string> Duplicates)
{
    /// <summary>Parses a body. 400 when it is not a JSON object.</summary>
    public static RequestBody Parse(ResourceType type, ReadOnlyMemory<byte> json) => throw new NotImplementedException();
}
