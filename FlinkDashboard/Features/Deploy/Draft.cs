using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Previews;

namespace FlinkDashboard.Features.Deploy;

/// <summary>A manifest under work on one page: its text, what is wrong with it, and what it will do.</summary>
public sealed class Draft(DeployDesk desk)
{
    private IReadOnlyList<FieldProblem> _found = [];
    private IReadOnlyList<FieldProblem> _answered = [];
    private string? _kind;

    /// <summary>The document.</summary>
    public Manifest Manifest { get; private set; } = Manifest.Parse("");

    /// <summary>Its name, also while its text cannot be read.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its namespace, also while its text cannot be read.</summary>
    public string Namespace { get; private set; } = "";

    /// <summary>The object that it changes; null when it is to be created.</summary>
    public IKubernetesObject? Current { get; set; }

    /// <summary>The document with the secrets that the viewer sees masked: what is judged and sent.</summary>
    public Manifest Whole { get; private set; } = Manifest.Parse("");

    /// <summary>Where masked values are taken from: the object as it was read, or the one that is cloned.</summary>
    public Manifest? Secrets { get; set; }

    /// <summary>The object's YAML as it was read; null when it is to be created.</summary>
    public Manifest? Before { get; set; }

    /// <summary>The installed definition of its kind, when it is known.</summary>
    public CrdSchema? Schema { get; private set; }

    /// <summary>Everything that is known to be wrong.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; private set; } = [];

    /// <summary>What the operator will do.</summary>
    public EffectPreview? Preview { get; private set; }

    /// <summary>Checks before it starts; empty for what is created.</summary>
    public IReadOnlyList<PreflightItem> Checks { get; private set; } = [];

    /// <summary>Errors that stand in the way.</summary>
    public int Errors => Problems.Count(one => one.Severity == ProblemSeverity.Error);

    /// <summary>Takes a new text; what the API server said about the one before is forgotten.</summary>
    public async Task SetAsync(Manifest manifest, CancellationToken stop)
    {
        (Manifest, Whole) = (manifest, SecretText.Restored(manifest, Secrets));
        _answered = [];
        if (manifest.Problem is null)
            (Name, Namespace) = (manifest.Name ?? "", manifest.Namespace ?? "");
        if (manifest.Problem is null && manifest.Kind != _kind)
            (_kind, Schema) = (manifest.Kind, await desk.SchemaAsync(manifest.Kind, stop));
        Judge();
    }

    /// <summary>Takes what the API server found wrong.</summary>
    public void Answered(IReadOnlyList<FieldProblem> problems)
    {
        _answered = [.. problems.Select(one => one.Line is null && Manifest.Nearest(one.Field) is { } place ? one with { Line = place.Line, Column = place.Column } : one)];
        Problems = [.. _answered, .. _found];
    }

    /// <summary>Judges it anew: the cluster has moved.</summary>
    public void Judge()
    {
        (Preview, Checks) = desk.Preview(this);
        var found = desk.Check(this);
        if (!found.SequenceEqual(_found) || Problems.Count != found.Count + _answered.Count)
            (_found, Problems) = (found, [.. _answered, .. found]);
    }
}
