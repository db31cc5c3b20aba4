using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>The YAML files beside this one: objects that a world starts with.</summary>
public static class Manifests
{
    /// <summary>The documents of an embedded file, for instance <c>platform.yaml</c>.</summary>
    public static IEnumerable<JsonObject> Read(string file)
    {
        using var reader = new StreamReader(Open(file));
        return [.. YamlDocuments.Read(reader)];
    }

    /// <summary>An embedded JSON file.</summary>
    public static JsonObject ReadJson(string file)
    {
        using var stream = Open(file);
        return JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>Puts one object into a world as it stands, status included.</summary>
    public static WorldObject Add(SandboxWorld world, JsonObject document)
    {
        var type = ResourceTypes.FindKind((string?)document["apiVersion"] ?? "", (string?)document["kind"] ?? "")
            ?? throw new ArgumentException($"The sandbox has no kind {document["apiVersion"]} {document["kind"]}.", nameof(document));
        return world.Objects.Create(type, document, part: WritePart.All);
    }

    /// <summary>Reads an age: numbers with <c>d</c>, <c>h</c>, <c>m</c>, <c>s</c>, alone or joined (<c>3h7m</c>).</summary>
    internal static TimeSpan Age(string text)
    {
        var age = TimeSpan.Zero;
        var number = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                number = (number * 10) + (c - '0');
                continue;
            }
            age += c switch
            {
                'd' => TimeSpan.FromDays(number),
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                's' => TimeSpan.FromSeconds(number),
                _ => throw new FormatException($"\"{text}\" is no age such as 3h7m."),
            };
            number = 0;
        }
        return age;
    }

    private static Stream Open(string file) => typeof(Manifests).Assembly.GetManifestResourceStream("Manifests/" + file)
        ?? throw new ArgumentException($"There is no manifest {file}.", nameof(file));
}
