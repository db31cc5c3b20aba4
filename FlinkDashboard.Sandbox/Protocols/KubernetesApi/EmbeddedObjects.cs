using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Objects in files inside the assembly: YAML to be read by people, gzipped JSON for what is large (reading a megabyte of YAML takes half a second).</summary>
internal static class EmbeddedObjects
{
    /// <summary>The documents of all files whose resource name starts with <paramref name="prefix"/>, by name.</summary>
    public static IEnumerable<JsonObject> Read(string prefix)
    {
        var assembly = typeof(EmbeddedObjects).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            if (name.EndsWith(".json.gz", StringComparison.Ordinal))
            {
                using var json = new GZipStream(stream, CompressionMode.Decompress);
                yield return JsonNode.Parse(json)!.AsObject();
                continue;
            }
            using var reader = new StreamReader(stream);
            foreach (var document in Documents(new Parser(reader)))
                yield return document;
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
