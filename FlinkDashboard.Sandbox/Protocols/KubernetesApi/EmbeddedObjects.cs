using System.IO.Compression;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

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
            foreach (var document in YamlDocuments.Read(reader))
                yield return document;
        }
    }
}
