using FlinkDashboard.Model.Manifests;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Editing;

/// <summary>How a field is asked for.</summary>
public enum FieldInput
{
    /// <summary>One line of text, perhaps with suggestions.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>true, false, or not said.</summary>
    Toggle,

    /// <summary>A list, one item a line.</summary>
    Lines,
}

/// <summary>One field of the form.</summary>
/// <param name="Path">Where its value stands in the manifest; <c>~</c> at its beginning is the spec of the deployment.</param>
/// <param name="Label">Name on the screen.</param>
/// <param name="Input">How it is asked for.</param>
/// <param name="Meaning">What the operator or Flink makes of it, in a sentence.</param>
public sealed record FormField(string Path, string Label, FieldInput Input, string Meaning)
{
    /// <summary>What holds when it is not given; null when nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>Words to choose from, or suggestions for text.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other paths at which the same is written; the one that stands in the manifest is used.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Cannot be changed once the object exists.</summary>
    public bool Fixed { get; init; }

    /// <summary>Only shown where the installed definition describes it.</summary>
    public bool NeedsSchema { get; init; }

    /// <summary>How its value is written.</summary>
    public ScalarKind Scalar => Path.Contains('[', StringComparison.Ordinal) ? ScalarKind.Text
        : Input switch { FieldInput.Number => ScalarKind.Number, FieldInput.Toggle => ScalarKind.Boolean, _ => ScalarKind.AsBefore };

    /// <summary>Id of its input in the page.</summary>
    public string Id => IdOf(Path);

    /// <summary>The path that the manifest uses.</summary>
    public string PathIn(Manifest manifest) => manifest.Has(Path) ? Path : Also.FirstOrDefault(manifest.Has) ?? Path;

    /// <summary>A problem is about this field.</summary>
    public bool Owns(string field) => field == Path || Also.Contains(field) || (Input == FieldInput.Lines && field.StartsWith(Path + "[", StringComparison.Ordinal));

    /// <summary>This field with <c>~</c> made the path of a spec.</summary>
    public FormField Under(string spec) => this with { Path = At(Path, spec), Also = [.. Also.Select(path => At(path, spec))] };

    /// <summary>An id that is the same for the same path.</summary>
    public static string IdOf(string path) => "field-" + string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static string At(string path, string spec) => path.StartsWith('~') ? spec + path[1..] : path;
}

/// <summary>Fields that belong together.</summary>
/// <param name="Id">Name in the page.</param>
/// <param name="Title">Heading.</param>
/// <param name="Fields">Its fields in order.</param>
/// <param name="Open">Shown open at first.</param>
public sealed record FormSection(string Id, string Title, IReadOnlyList<FormField> Fields, bool Open = true);

/// <summary>What the cluster offers for fields that name things of the cluster.</summary>
public sealed record FormOptions
{
    /// <summary>Nothing known.</summary>
    public static FormOptions None { get; } = new();

    /// <summary>Namespaces to choose from.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Service accounts of the namespace.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Pools and node groups.</summary>
    public IReadOnlyList<NodeChoice> Pools { get; init; } = [];

    /// <summary>Session clusters of the namespace.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>YuniKorn queues.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>EMR releases in use.</summary>
    public IReadOnlyList<string> Releases { get; init; } = [];

    /// <summary>Shown below the field of the jar: what there is to choose from, and a way to upload one. Null: nothing.</summary>
    public RenderFragment<JarField>? Jars { get; init; }

    /// <summary>The object exists already: its name and namespace stay.</summary>
    public bool Exists { get; init; }
}

/// <summary>The field of the jar.</summary>
/// <param name="Namespace">Namespace of the manifest.</param>
/// <param name="Value">What it names now.</param>
/// <param name="Choose">Names another.</param>
public sealed record JarField(string Namespace, string? Value, Func<string, Task> Choose);
