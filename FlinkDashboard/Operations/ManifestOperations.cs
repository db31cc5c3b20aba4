using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.State;

namespace FlinkDashboard.Operations;

/// <summary>
/// Checks, creates and replaces whole Flink resources from their manifests. What the installed schema, the operator's rules or practice refuse
/// (<see cref="ManifestCheck"/>) is not sent; what the API server (or a webhook) refuses comes back field by field.
/// </summary>
public sealed class ManifestOperations(KubernetesApi api, OperationRunner runner, InstalledSchemas schemas, OperatorDefaults defaults)
{
    private static readonly KindInfo[] Kinds = [FlinkDeployment.Info, FlinkSessionJob.Info, FlinkStateSnapshot.Info, FlinkBlueGreenDeployment.Info];

    /// <summary>Asks the API server with a dry run, as the user: nothing is changed and nothing is audited.</summary>
    /// <param name="wanted">The manifest.</param>
    /// <param name="before">What it was made from, when the object exists; null for a new one.</param>
    /// <param name="user">Sent as them.</param>
    /// <param name="stop">Ends the question.</param>
    public async Task<ManifestResult> CheckAsync(Manifest wanted, Manifest? before, CurrentUser user, CancellationToken stop)
    {
        if (Unusable(wanted, before) is { } wrong)
            return wrong;
        var broken = Broken(wanted, before, await ContextAsync(wanted, before is not null, stop));
        try
        {
            var (kind, ns, name) = (KindOf(wanted)!, wanted.Namespace, wanted.Name!);
            if (before is null)
                await api.CreateAsync(kind, ns, wanted, true, user.Identity, stop);
            else if (MergePatch.Between(before, wanted) is { IsEmpty: false } patch)
                await api.TryPatchAsync(new(kind, ns, name), patch, user.Identity, stop);
            return broken ?? new(Outcome.Accepted, "The API server would accept it.", []);
        }
        catch (KubernetesApiException e)
        {
            var refused = Explain(e, wanted);
            return refused with { Problems = [.. refused.Problems, .. (broken?.Problems ?? []).Where(b => refused.Problems.All(p => p.Message != b.Message))] };
        }
    }

    /// <summary>Creates the object; 409 when the name is taken.</summary>
    public async Task<ManifestResult> CreateAsync(Manifest manifest, CurrentUser user, string? reason, CancellationToken stop)
    {
        if (Unusable(manifest, null) is { } wrong)
            return wrong;
        var target = new ObjectName(KindOf(manifest)!, manifest.Namespace, manifest.Name!);
        var context = await ContextAsync(manifest, false, stop);
        var creation = new Creation(target, manifest, reason, KubectlText.Create(target.Namespace), $"{target.Kind.Kind} {target.Name} is created; the operator takes it up now.", e => Explain(e, manifest)) { Refusal = Broken(manifest, null, context) };
        return Told(await runner.RunAsync(creation, user, stop));
    }

    /// <summary>
    /// Changes an object to what the user made of it, by the smallest patch between the two. When somebody else changed its spec since (its generation
    /// has moved on; changes of the status alone do not count), nothing is sent and the result carries what stands there now.
    /// </summary>
    /// <param name="before">What the user started from, as <see cref="KubernetesApi.ReadYamlAsync"/> gives it.</param>
    /// <param name="wanted">What the user made of it.</param>
    /// <param name="user">Sent as them.</param>
    /// <param name="reason">Why, for the audit trail.</param>
    /// <param name="stop">Ends the wait, not the operation.</param>
    public Task<ManifestResult> ReplaceAsync(Manifest before, Manifest wanted, CurrentUser user, string? reason, CancellationToken stop) => ReplaceAsync("Replace", before, wanted, user, reason, stop);

    internal async Task<ManifestResult> ReplaceAsync(string action, Manifest before, Manifest wanted, CurrentUser user, string? reason, CancellationToken stop)
    {
        if (Unusable(wanted, before) is { } wrong)
            return wrong;
        var context = await ContextAsync(wanted, true, stop);
        return Told(wanted.Kind switch
        {
            nameof(FlinkDeployment) => await Run(FlinkDeployment.Info, fresh => UpgradeRules.CanEdit(FlinkTarget.Of(fresh))),
            nameof(FlinkSessionJob) => await Run(FlinkSessionJob.Info, fresh => UpgradeRules.CanEdit(FlinkTarget.Of(fresh))),
            nameof(FlinkStateSnapshot) => await Run(FlinkStateSnapshot.Info, fresh => fresh.Metadata.IsDeleting ? Decision.No("It is being deleted.") : Decision.Yes),
            _ => await Run(FlinkBlueGreenDeployment.Info, fresh => fresh.Metadata.IsDeleting ? Decision.No("It is being deleted.") : Decision.Yes)
        });

        Task<OperationResult> Run<T>(KindInfo<T> kind, Func<T, Decision> rule) where T : class, IKubernetesObject => runner.RunAsync(Replacement(action, kind, before, wanted, context, reason, rule), user, stop);
    }

    private Operation<T> Replacement<T>(string action, KindInfo<T> kind, Manifest before, Manifest wanted, ManifestContext context, string? reason, Func<T, Decision> rule) where T : class, IKubernetesObject
    {
        var patch = MergePatch.Between(before, wanted);
        var seen = MetaOf(before);
        return new(action, new("patch", kind), kind, seen, reason, KubectlText.Patch(kind, seen, patch))
        {
            Settled = fresh => fresh.Object.Metadata.Generation != seen.Generation
                ? new ManifestResult(Outcome.Conflict, $"{seen.Name} has been changed by {Author.Of(fresh.Writers, fresh.Object.Metadata.Annotations[Author.Annotation]) ?? "somebody else"} since you opened it; nothing was sent.", [], fresh.Manifest)
                : patch.IsEmpty ? new ManifestResult(Outcome.AlreadySo, $"{seen.Name} is so already; nothing was sent.", []) : Broken(wanted, before, context with { Current = fresh.Object }),
            Rule = (fresh, _) => Task.FromResult(rule(fresh)),
            Send = (fresh, sender, stop) =>
                api.PatchAsync(kind, seen.Namespace, seen.Name, Author.Mark(patch, sender.Name).OnlyIf(fresh.Object.Metadata.ResourceVersion), sender.DryRun, sender.Identity, stop),
            Then = _ => $"The change of {seen.Name} is accepted; the operator takes it up now.",
            Explain = e => e.IsNotFound ? null : Explain(e, wanted)
        };
    }

    // What cannot even be sent: text that cannot be read, a kind that is not for here, another object.
    private static ManifestResult? Unusable(Manifest manifest, Manifest? before)
    {
        if (manifest.Problem is { } syntax)
            return new(Outcome.Refused, syntax.Message, [syntax]);
        if (KindOf(manifest) is null)
            return Headless(manifest) ?? Refused(manifest, "kind", $"Only {string.Join(", ", Kinds.Select(k => k.Kind))} of flink.apache.org/v1beta1 can be sent from here.");
        if (string.IsNullOrEmpty(manifest.Name))
            return Headless(manifest) ?? Refused(manifest, "metadata.name", "It needs a name.");
        if (string.IsNullOrEmpty(manifest.Namespace))
            return Refused(manifest, "metadata.namespace", "It needs a namespace.");
        if (before is not null && (before.Kind, before.Namespace, before.Name) != (manifest.Kind, manifest.Namespace, manifest.Name))
            return Refused(manifest, before.Kind != manifest.Kind ? "kind" : before.Name != manifest.Name ? "metadata.name" : "metadata.namespace", "Kind, namespace and name cannot be changed; clone it instead.");
        return null;
    }

    private static ManifestResult? Headless(Manifest manifest) => Errors(manifest, ManifestContext.None) is [var first, ..] all ? new(Outcome.Refused, first.Message, all) : null;

    // Everything that is wrong with it as far as no list of the cluster is needed; what was wrong before is not the change's fault.
    private static ManifestResult? Broken(Manifest manifest, Manifest? before, ManifestContext context)
    {
        var wrong = Errors(manifest, context);
        if (wrong.Count > 0 && before is not null)
        {
            var old = Errors(before, context).Select(one => (one.Field, one.Message)).ToHashSet();
            wrong = [.. wrong.Where(one => !old.Contains((one.Field, one.Message)))];
        }
        return wrong is not [var first, ..] ? null : new(Outcome.Refused, first.Source == ProblemSource.Operator ? $"The operator would refuse it: {first.Message}" : $"{first.Field}: {first.Message}", wrong);
    }

    private static IReadOnlyList<FieldProblem> Errors(Manifest manifest, ManifestContext context) => [.. ManifestCheck.Of(manifest, context).Where(one => one.Severity == ProblemSeverity.Error)];

    private async Task<ManifestContext> ContextAsync(Manifest manifest, bool exists, CancellationToken stop)
    {
        await defaults.ReadAsync(stop);
        return new() { Schema = await schemas.OfAsync(KindOf(manifest)!, stop), Exists = exists, Defaults = defaults.Known?.Of(manifest) };
    }

    private static ManifestResult Refused(Manifest manifest, string field, string message) =>
        new(Outcome.Refused, message, [Placed(manifest, new(field, message, ProblemSeverity.Error, ProblemSource.Form) { Rule = $"form.{field}" })]);

    private static FieldProblem Placed(Manifest manifest, FieldProblem problem) => manifest.Nearest(problem.Field) is { } place ? problem with { Line = place.Line, Column = place.Column } : problem;

    private static ManifestResult Explain(KubernetesApiException e, Manifest manifest)
    {
        var plain = e.IsNotFound ? new(Outcome.Failed, e.Message) : Refusals.Of(e, manifest.Name ?? "");
        return new(plain.Outcome, plain.Message, plain.Outcome == Outcome.Forbidden || e.IsTransient ? [] : Refusals.Problems(e, manifest));
    }

    private static KindInfo? KindOf(Manifest manifest) => Kinds.FirstOrDefault(k => k.Kind == manifest.Kind && k.ApiVersion == manifest.ApiVersion);

    private static ManifestResult Told(OperationResult result) => result as ManifestResult ?? new(result.Outcome, result.Message, []);

    private static ObjectMeta MetaOf(Manifest manifest) => new()
    {
        Name = manifest.Name ?? "",
        Namespace = manifest.Namespace ?? "",
        Uid = manifest.Value("metadata.uid") ?? "",
        ResourceVersion = manifest.Value("metadata.resourceVersion") ?? "",
        Generation = long.TryParse(manifest.Value("metadata.generation"), System.Globalization.CultureInfo.InvariantCulture, out var generation) ? generation : 0
    };
}
