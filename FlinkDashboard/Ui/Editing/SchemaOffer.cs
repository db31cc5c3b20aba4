using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Ui.Editing;

/// <summary>One completion.</summary>
/// <param name="Name">What is shown and matched.</param>
/// <param name="Detail">Type or default, beside it.</param>
/// <param name="Info">What it means, in a box; empty for none.</param>
/// <param name="Apply">What is written.</param>
public sealed record SchemaOffer(string Name, string Detail, string Info, string Apply)
{
    /// <summary>What may stand below a path as keys, or as value of a key.</summary>
    /// <param name="parents">Names from the root; <c>[]</c> for a list's item.</param>
    /// <param name="key">Whose value is wanted; null for keys.</param>
    public static IReadOnlyList<SchemaOffer> Of(CrdSchema? schema, IReadOnlyList<string> parents, string? key)
    {
        var path = EditorPath.Of(parents);
        if (key is not null)
            return Values(schema, path, key);
        if (EditorPath.IsConfiguration(parents))
            return [.. FieldWords.ConfigurationKeys.Select(one => new SchemaOffer(one.Key, one.Default ?? "", one.Meaning, one.Key + ": "))];
        return parents.Count == 0 ? Root : [.. (schema?.Children(path) ?? []).Select(Key)];
    }

    private static IReadOnlyList<SchemaOffer> Root { get; } =
        [.. new[] { "apiVersion", "kind", "metadata", "spec" }.Select(name => new SchemaOffer(name, "", "", name is "metadata" or "spec" ? name + ":\n  " : name + ": "))];

    private static SchemaOffer Key(SchemaField field) => new(field.Name, field.Type, SchemaWords.Meaning(field),
        field.Type switch { "object" or "array" => field.Name + ":", _ => field.Name + ": " });

    private static IReadOnlyList<SchemaOffer> Values(CrdSchema? schema, string path, string key)
    {
        var field = schema?.Field(EditorPath.Below(path, key));
        var words = field is { Enum.Count: > 0 } ? field.Enum : field?.Type == "boolean" ? ["true", "false"] : FieldWords.ValuesOf(EditorPath.Below(path, key));
        return [.. words.Select(word => new SchemaOffer(word, "", "", word))];
    }
}

/// <summary>What a field means, for a box beside it.</summary>
/// <param name="Title">Its name and type.</param>
/// <param name="Text">Meaning, values, limits.</param>
public sealed record SchemaWords(string Title, string Text)
{
    /// <summary>Reads definition and our own knowledge; null when neither says anything.</summary>
    public static SchemaWords? Of(CrdSchema? schema, IReadOnlyList<string> parents, string key)
    {
        if (EditorPath.IsConfiguration(parents))
        {
            var known = FieldWords.ConfigurationKeys.FirstOrDefault(one => one.Key == EditorPath.ConfigurationKey(parents, key));
            return known is null ? null : new(known.Key, known.Meaning + (known.Default is null ? "" : $"\nDefault: {known.Default}"));
        }
        var field = schema?.Field(EditorPath.Below(EditorPath.Of(parents), key));
        return field is null ? null : new($"{key}{(field.Type.Length > 0 ? ": " + field.Type : "")}", Meaning(field));
    }

    /// <summary>The definition's words, else ours, with what may be written.</summary>
    internal static string Meaning(SchemaField field)
    {
        var said = FieldWords.Meaning(field.Path) ?? field.Description;
        var values = field.Enum.Count > 0 ? $"One of {string.Join(", ", field.Enum)}." : "";
        return string.Join("\n", new[] { said, values }.Where(text => !string.IsNullOrEmpty(text)));
    }
}

/// <summary>Paths as the editor in the browser tells them.</summary>
internal static class EditorPath
{
    private const string Configuration = "flinkConfiguration";

    public static string Of(IReadOnlyList<string> names) => names.Aggregate("", Below);

    public static string Below(string path, string name) => name == "[]" ? path + "[0]"
        : path.Length == 0 ? name
        : name.AsSpan().IndexOfAny(".[] /") < 0 ? $"{path}.{name}" : $"{path}[{name}]";

    public static bool IsConfiguration(IReadOnlyList<string> parents) => parents.Contains(Configuration);

    // Keys may be nested below flinkConfiguration.
    public static string ConfigurationKey(IReadOnlyList<string> parents, string key) => string.Join('.', parents.SkipWhile(name => name != Configuration).Skip(1).Append(key));
}
