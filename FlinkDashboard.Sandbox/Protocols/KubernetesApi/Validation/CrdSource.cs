using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>
/// Reads the embedded definitions. The files of <c>flink.apache.org</c> are the operator's own, gzipped and otherwise unchanged (its development
/// version 1.16); <see cref="AsOperator115"/> takes them back to the released version 1.15 that the recorded cluster ran.
/// </summary>
internal static class CrdSource
{
    /// <summary>All definitions as they are installed, without what a server adds.</summary>
    public static IEnumerable<JsonObject> Read()
    {
        var assembly = typeof(CrdSource).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Definitions/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
            foreach (var definition in Documents(new Parser(reader)))
            {
                if ((string?)definition["spec"]!["group"] == "flink.apache.org")
                    AsOperator115(definition);
                yield return definition;
            }
        }
    }

    /// <summary>
    /// The API server of the recordings lists Flink v1_13 to v2_2 as supported (scenario <c>api-refusals</c>) and the recorded specs have
    /// <c>jobManager.resource</c> and <c>taskManager.resource</c> but not their later sibling <c>resources</c>. Everything else is the same.
    /// </summary>
    private static void AsOperator115(JsonObject definition)
    {
        foreach (var version in definition["spec"]!["versions"]!.AsArray())
        {
            var spec = version!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!["properties"]!;
            foreach (var flink in new[] { spec, spec["template"]?["properties"]?["spec"]?["properties"] })
            {
                if (flink?["flinkVersion"]?["enum"] is JsonArray versions)
                    versions.RemoveAll(v => (string?)v is "v2_3" or "v2_4");
                flink?["jobManager"]?["properties"]?.AsObject().Remove("resources");
                flink?["taskManager"]?["properties"]?.AsObject().Remove("resources");
            }
        }
    }

    private static IEnumerable<JsonObject> Documents(Parser parser)
    {
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            yield return Node(parser)!.AsObject();
            parser.Consume<DocumentEnd>();
        }
    }

    private static JsonNode? Node(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            var map = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
                map.Add(parser.Consume<Scalar>().Value, Node(parser));
            return map;
        }
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
                list.Add(Node(parser));
            return list;
        }
        var scalar = parser.Consume<Scalar>();
        if (scalar.Style != ScalarStyle.Plain)
            return scalar.Value;
        if (bool.TryParse(scalar.Value, out var truth))
            return truth;
        return long.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var number) ? number : scalar.Value;
    }
}
