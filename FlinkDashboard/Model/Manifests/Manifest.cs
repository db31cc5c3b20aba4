using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.Manifests;

/// <summary>
/// One YAML document as its author typed it. Changes touch only their own place of the text: comments, order, unknown fields and quoting elsewhere
/// stay byte for byte. Paths are dotted; keys that contain dots and list indexes stand in brackets (<c>spec.flinkConfiguration[a.b]</c>,
/// <c>spec.job.args[0]</c>). flinkConfiguration is read flattened whichever way it is written.
/// </summary>
public sealed class Manifest
{
    private static readonly HashSet<string> NumberFields = ["parallelism", "replicas", "cpu", "backoffLimit"];
    private static readonly HashSet<string> BooleanFields = ["allowNonRestoredState", "disposeOnDelete", "alreadyExists", "highAvailabilityEnabled"];

    private readonly ManifestMap? _root;

    private Manifest(string text)
    {
        Text = text;
        (_root, Problem) = ManifestReader.Read(text);
    }

    /// <summary>Reads a text; never throws. Empty text is an empty document.</summary>
    public static Manifest Parse(string text) => new(text);

    /// <summary>The text as typed.</summary>
    public string Text { get; }

    /// <summary>Why the text cannot be used, with its place; null when it can. Values are then empty, and changes change nothing.</summary>
    public FieldProblem? Problem { get; }

    /// <summary>kind.</summary>
    public string? Kind => Value("kind");

    /// <summary>apiVersion.</summary>
    public string? ApiVersion => Value("apiVersion");

    /// <summary>metadata.namespace.</summary>
    public string? Namespace => Value("metadata.namespace");

    /// <summary>metadata.name.</summary>
    public string? Name => Value("metadata.name");

    /// <summary>The scalar at a path as it is written (without quotes); null when absent, null or no scalar. A list in flinkConfiguration is joined with semicolons.</summary>
    public string? Value(string path)
    {
        var steps = ManifestPath.Steps(path);
        return Find(steps) switch
        {
            ManifestScalar { IsNull: false } scalar => scalar.Text,
            ManifestList list when steps.Count > 1 && ManifestPath.IsConfiguration(steps[^2]) => string.Join(';', list.Items.OfType<ManifestScalar>().Select(s => s.Text)),
            _ => null,
        };
    }

    /// <summary>Keys of the mapping at a path in their order, empty when there is none; flat keys for flinkConfiguration. The empty path is the document.</summary>
    public IReadOnlyList<string> Keys(string path)
    {
        var steps = ManifestPath.Steps(path);
        var node = Find(steps);
        if (steps.Count > 0 && ManifestPath.IsConfiguration(steps[^1]))
            return [.. ManifestTree.Flat(node).Select(f => f.Key)];
        return node is ManifestMap map ? [.. map.Entries.Select(e => e.Key)] : [];
    }

    /// <summary>Items of the list at a path: scalars as written, others as JSON; empty when there is none.</summary>
    public IReadOnlyList<string> Items(string path) =>
        Find(ManifestPath.Steps(path)) is ManifestList list ? [.. list.Items.Select(i => i is ManifestScalar scalar ? scalar.Text : ManifestJson.Of(i)?.ToJsonString() ?? "")] : [];

    /// <summary>Something stands at a path, be it null.</summary>
    public bool Has(string path) => Find(ManifestPath.Steps(path)) is not null;

    /// <summary>Line of the key or list item at a path, from 1; null when absent.</summary>
    public int? LineOf(string path) => Place(ManifestPath.Steps(path), exact: true)?.Line;

    /// <summary>Line and column where a path stands, or where the nearest thing above it stands; null for an empty document.</summary>
    public (int Line, int Column)? Nearest(string path) => Place(ManifestPath.Steps(path), exact: false);

    /// <summary>The whole document as JSON, made anew for each call; empty when the text cannot be used.</summary>
    public JsonObject Json => JsonNode.Parse(ManifestJson.Of(_root)?.ToJsonString() ?? "{}")!.AsObject();

    /// <summary>This document with one value changed; null removes the key or item. Missing parents are made.</summary>
    public Manifest With(string path, string? value) => With(path, value, ScalarKind.AsBefore);

    /// <summary>This document with one value changed to a scalar of a kind; null removes the key or item. Missing parents are made.</summary>
    public Manifest With(string path, string? value, ScalarKind kind)
    {
        var steps = ManifestPath.Steps(path);
        if (Problem is not null || steps.Count == 0)
            return this;
        var reach = ManifestTree.Follow(_root, steps);
        if (value is null)
            return reach.Rest.Count > 0 ? this : new Manifest(ManifestRemoval.Of(Text, reach));
        kind = kind == ScalarKind.AsBefore ? KindOf(steps, reach, value) : kind;
        return new Manifest(ManifestEdit.Of(Text, reach, value, kind, Step()));
    }

    /// <summary>This document with a list of texts at a path; items that stay keep their place, quotes and comments.</summary>
    public Manifest WithItems(string path, IReadOnlyList<string> items)
    {
        if (Problem is not null)
            return this;
        if (items.Count == 0)
            return Has(path) && Items(path).Count == 0 ? this : new Manifest(ManifestEdit.Empty(Text, ManifestTree.Follow(_root, ManifestPath.Steps(path)), Step()));
        var manifest = Find(ManifestPath.Steps(path)) is ManifestScalar { IsNull: false } ? With(path, null) : this;
        for (var i = manifest.Items(path).Count - 1; i >= items.Count; i--)
            manifest = manifest.With(ManifestPath.At(path, i), null);
        for (var i = 0; i < items.Count; i++)
        {
            var now = manifest.Items(path);
            if (i >= now.Count || now[i] != items[i])
                manifest = manifest.With(ManifestPath.At(path, i), items[i], ScalarKind.Text);
        }
        return manifest;
    }

    private ManifestNode? Find(IReadOnlyList<string> steps) => ManifestTree.Follow(_root, steps) is { Rest.Count: 0 } reach ? reach.Node : null;

    private (int Line, int Column)? Place(IReadOnlyList<string> steps, bool exact)
    {
        var reach = ManifestTree.Follow(_root, steps);
        if (reach.Node is null || (exact && reach.Rest.Count > 0))
            return null;
        return reach.Entry is { } entry ? (entry.Line, entry.Column) : (reach.Node.Line, reach.Node.Column);
    }

    private static ScalarKind KindOf(IReadOnlyList<string> steps, ManifestTree.Reach reach, string value)
    {
        if (reach is { Rest.Count: 0, Node: ManifestScalar { IsNull: false } now })
        {
            return !now.Plain ? ScalarKind.Text
                : YamlScalar.Boolean(now.Text) is not null && YamlScalar.Boolean(value) is not null ? ScalarKind.Boolean
                : YamlScalar.Number(now.Text) is not null && YamlScalar.Number(value) is not null ? ScalarKind.Number
                : ScalarKind.Text;
        }
        if (steps.Any(ManifestPath.IsConfiguration))
            return ScalarKind.Text;
        return NumberFields.Contains(steps[^1]) || steps[^1].EndsWith("Nonce", StringComparison.Ordinal) ? ScalarKind.Number
            : BooleanFields.Contains(steps[^1]) ? ScalarKind.Boolean
            : ScalarKind.Text;
    }

    // The author's own indentation, from the first mapping inside the document; 2 when there is none.
    private int Step() => _root?.Entries.Select(e => e.Value is ManifestMap { Flow: false } map ? map.Column - e.Column : 0).FirstOrDefault(s => s > 0) is { } step and > 0 ? step : 2;
}
