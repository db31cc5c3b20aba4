using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Operations;

/// <summary>Makes a change of single fields of a spec an operation.</summary>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Seen">As the user saw it.</param>
/// <param name="Target">What applications and session jobs have in common.</param>
/// <param name="Edit">The change, for the object as it is then: nonces count on.</param>
/// <param name="Rule">The rule of the button.</param>
internal sealed record EditOperation<T>(KindInfo<T> Kind, T Seen, Func<T, FlinkTarget> Target, Func<FlinkTarget, SpecEdit> Edit, Func<T, Decision> Rule) where T : class, IKubernetesObject
{
    /// <summary>Other right and other way to send than a patch; null for the patch.</summary>
    public (Right Right, string Command, Func<Standing<T>, Sender, CancellationToken, Task> Send)? Instead { get; init; }

    /// <summary>The operation.</summary>
    public Operation<T> Of(KubernetesApi api, string? reason)
    {
        var edit = Edit(Target(Seen));
        return new(edit.Action, Instead?.Right ?? new("patch", Kind), Kind, Seen.Metadata, reason, Instead?.Command ?? KubectlText.Patch(Kind, Seen.Metadata, edit.Patch))
        {
            Settled = Settle,
            Rule = (fresh, _) => Task.FromResult(Rule(fresh)),
            Send = Instead?.Send ?? ((fresh, sender, stop) => SendAsync(api, fresh, sender, stop)),
            Then = fresh => $"The request to {Edit(Target(fresh)).Done} ({fresh.Metadata.Name}) is accepted; the operator does the rest."
        };
    }

    private OperationResult? Settle(Standing<T> fresh)
    {
        var wanted = Edit(Target(fresh.Object)).ApplyTo(fresh.Manifest);
        if (MergePatch.Between(fresh.Manifest, wanted).IsEmpty)
            return new(Outcome.AlreadySo, $"{fresh.Object.Metadata.Name} is so already; nothing was sent.");
        // The rule of the button first: it speaks of the object, the operator's of the field.
        if (Rule(fresh.Object) is { Allowed: false } no)
            return new(Outcome.Refused, no.Reason);
        return ManifestBreaches.Of(fresh.Manifest, wanted) is [var breach, ..] ? new(Outcome.Refused, $"The operator would refuse it: {breach.Message}") : null;
    }

    private Task SendAsync(KubernetesApi api, Standing<T> fresh, Sender sender, CancellationToken stop)
    {
        var meta = fresh.Object.Metadata;
        var patch = MergePatch.Between(fresh.Manifest, Edit(Target(fresh.Object)).ApplyTo(fresh.Manifest));
        return api.PatchAsync(Kind, meta.Namespace, meta.Name, Author.Mark(patch, sender.Name).OnlyIf(meta.ResourceVersion), sender.DryRun, sender.Identity, stop);
    }
}
