using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Features.Deploy;

/// <summary>Keeps secrets on the server while a text is edited: they are masked before it is shown, and put back when it is sent.</summary>
public static class SecretText
{
    /// <summary>The text with the values of secret keys masked.</summary>
    public static Manifest Masked(Manifest manifest) =>
        Hidden(manifest).Where(path => manifest.Value(path) is not null).Aggregate(manifest, (now, path) => now.With(path, Redaction.Mask, ScalarKind.Text));

    /// <summary>The text with each mask replaced by the value that it stands for; masks that stand for nothing stay.</summary>
    public static Manifest Restored(Manifest manifest, Manifest? secrets) => secrets is null || !manifest.Text.Contains(Redaction.Mask, StringComparison.Ordinal)
        ? manifest
        : Masks(manifest).Aggregate(manifest, (now, path) => secrets.Value(Counterpart(manifest, secrets, path)) is { } value ? now.With(path, value, ScalarKind.Text) : now);

    /// <summary>Masks that stand for nothing: their value must be typed.</summary>
    public static IEnumerable<FieldProblem> Unknown(Manifest manifest) => !manifest.Text.Contains(Redaction.Mask, StringComparison.Ordinal) ? [] :
        Masks(manifest).Select(path => new FieldProblem(path, "The masked value is not known here: type it.", ProblemSeverity.Error, ProblemSource.Form) { Rule = "form.secret", Line = manifest.LineOf(path) });

    private static IReadOnlyList<string> Masks(Manifest manifest) => [.. ThreeWay.Leaves(manifest, "").Where(leaf => leaf.Value == Redaction.Mask).Select(leaf => leaf.Path)];

    private static IEnumerable<string> Hidden(Manifest manifest) => ThreeWay.Leaves(manifest, "").Select(leaf => leaf.Path).Where(path => path.StartsWith("spec", StringComparison.Ordinal))
        .Where(path => Redaction.Hides(Last(path)) || (Last(path) == "value" && manifest.Value(path[..^"value".Length] + "name") is { } name && Redaction.Hides(name)));

    // An environment variable is the same when its name is, wherever it stands in its list.
    private static string Counterpart(Manifest manifest, Manifest secrets, string path)
    {
        if (!path.EndsWith("].value", StringComparison.Ordinal) || manifest.Value(path[..^"value".Length] + "name") is not { } name)
            return path;
        var list = path[..path.LastIndexOf('[')];
        var at = Enumerable.Range(0, secrets.Items(list).Count).FirstOrDefault(i => secrets.Value($"{list}[{i}].name") == name, -1);
        return $"{list}[{at}].value";
    }

    private static string Last(string path) => path.EndsWith(']') ? path[(path.LastIndexOf('[') + 1)..^1] : path[(path.LastIndexOf('.') + 1)..];
}
