using System.Collections.Concurrent;
using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Audit;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>
/// Runs an operation the one way all are run: audit, rights, fresh object, rule, dry run, send as the user, audit. The same action of the same user on
/// the same object runs once at a time: a double click waits for the first and gets its answer.
/// </summary>
public sealed class OperationRunner(KubernetesApi api, AccessReviews reviews, AuditTrail audit, TimeProvider time)
{
    private const int Attempts = 5;
    private readonly ConcurrentDictionary<string, Lazy<Task<OperationResult>>> running = new(StringComparer.Ordinal);

    /// <summary>Runs it, or joins the one under way. A viewer who leaves does not stop what has begun.</summary>
    internal async Task<OperationResult> RunAsync<T>(Operation<T> operation, CurrentUser user, CancellationToken stop) where T : class, IKubernetesObject
    {
        var sender = new Sender(user.Identity, user.Identity?.Name ?? user.Name, false);
        var key = $"{user.Identity?.Key}|{operation.Action}|{operation.Kind.QualifiedName}|{operation.Seen.Namespace}|{operation.Seen.Name}|{operation.Seen.Uid}|{operation.Command}";
        return await OnceAsync(key, () => AuditedAsync(Entry(operation, sender), operation.Target, () => StepsAsync(operation, sender, CancellationToken.None))).WaitAsync(stop);
    }

    /// <summary>Creates an object, or joins the same creation under way.</summary>
    internal async Task<OperationResult> RunAsync(Creation creation, CurrentUser user, CancellationToken stop)
    {
        var sender = new Sender(user.Identity, user.Identity?.Name ?? user.Name, false);
        var entry = new AuditEntry
        {
            Time = time.GetUtcNow(),
            Id = NewId(),
            Stage = AuditStage.Issued,
            User = sender.Name,
            Action = "Create",
            Kind = creation.Target.Kind.Kind,
            Namespace = creation.Target.Namespace ?? "",
            Name = creation.Target.Name,
            Reason = creation.Reason,
            Command = creation.Command
        };
        var key = $"{user.Identity?.Key}|Create|{creation.Target.Kind.QualifiedName}|{entry.Namespace}|{entry.Name}|{creation.Manifest.Text}";
        return await OnceAsync(key, () => CreateAuditedAsync(entry, creation, sender)).WaitAsync(stop);
    }

    /// <summary>Acts on a file, or joins the same action under way.</summary>
    internal async Task<OperationResult> RunAsync(FileOperation operation, CurrentUser user, CancellationToken stop)
    {
        var sender = new Sender(user.Identity, user.Identity?.Name ?? user.Name, false);
        var entry = new AuditEntry
        {
            Time = time.GetUtcNow(),
            Id = NewId(),
            Stage = AuditStage.Issued,
            User = sender.Name,
            Action = operation.Action,
            Kind = FileOperation.Kind,
            Namespace = operation.Namespace,
            Name = operation.Name,
            Reason = operation.Reason,
            Command = operation.Command
        };
        return await OnceAsync($"{user.Identity?.Key}|{operation.Action}|{operation.Namespace}|{operation.Name}", () => AuditedAsync(entry, operation.Target, async () =>
        {
            var right = await reviews.MayAsync(sender.Identity, FileOperation.Right.Verb, FileOperation.Right.Kind, null, operation.Namespace, null, CancellationToken.None);
            return right.Allowed ? await operation.Work(sender, CancellationToken.None) : new(Outcome.Forbidden, right.Reason);
        })).WaitAsync(stop);
    }

    private Task<OperationResult> OnceAsync(string key, Func<Task<OperationResult>> work) => running.GetOrAdd(key, _ => new(async () =>
    {
        try
        {
            return await work();
        }
        finally
        {
            running.TryRemove(key, out var _);
        }
    })).Value;

    private async Task<OperationResult> AuditedAsync(AuditEntry entry, ObjectName target, Func<Task<OperationResult>> work)
    {
        await audit.WriteAsync(entry, target, CancellationToken.None);
        var result = await work();
        var stage = result.IsGood ? AuditStage.Executed : AuditStage.Failed;
        await audit.WriteAsync(entry with { Time = time.GetUtcNow(), Stage = stage, Result = result.Message }, target, CancellationToken.None);
        return result;
    }

    private async Task<OperationResult> CreateAuditedAsync(AuditEntry entry, Creation creation, Sender sender)
    {
        await audit.WriteAsync(entry, creation.Target, CancellationToken.None);
        ObjectMeta? created = null;
        OperationResult result;
        try
        {
            var (kind, ns) = (creation.Target.Kind, creation.Target.Namespace);
            var right = await reviews.MayAsync(sender.Identity, "create", kind, null, ns, null, CancellationToken.None);
            if (!right.Allowed)
                result = new(Outcome.Forbidden, right.Reason);
            else if (creation.Refusal is { } refusal)
                result = refusal;
            else
            {
                var manifest = Author.Mark(creation.Manifest, sender.Name);
                await api.CreateAsync(kind, ns, manifest, true, sender.Identity, CancellationToken.None);
                created = await api.CreateAsync(kind, ns, manifest, false, sender.Identity, CancellationToken.None);
                result = new(Outcome.Accepted, creation.Then);
            }
        }
        catch (KubernetesApiException e)
        {
            result = creation.Explain(e);
        }
        await audit.WriteAsync(entry with { Time = time.GetUtcNow(), Stage = result.IsGood ? AuditStage.Executed : AuditStage.Failed, Result = result.Message, Uid = created?.Uid }, creation.Target, CancellationToken.None);
        return result;
    }

    private async Task<OperationResult> StepsAsync<T>(Operation<T> operation, Sender sender, CancellationToken stop) where T : class, IKubernetesObject
    {
        var seen = operation.Seen;
        try
        {
            var (need, name) = (operation.Right, operation.Right.AnyName ? null : seen.Name);
            var right = await reviews.MayAsync(sender.Identity, need.Verb, need.Kind, need.Subresource, seen.Namespace, name, stop);
            if (!right.Allowed)
                return new(Outcome.Forbidden, right.Reason);
            for (var attempt = 1; ; attempt++)
            {
                var fresh = await api.GetStandingAsync(operation.Kind, seen.Namespace, seen.Name, sender.Identity, stop);
                if (fresh.Object.Metadata.Uid != seen.Uid)
                    return new(Outcome.Refused, $"{seen.Name} has been deleted and created anew since this page showed it; look at the new one first.");
                if (operation.Settled(fresh) is { } settled)
                    return settled;
                var rule = await operation.Rule(fresh.Object, stop);
                if (!rule.Allowed)
                    return new(Outcome.Refused, rule.Reason);
                try
                {
                    await operation.Send(fresh, sender with { DryRun = true }, stop);
                    await operation.Send(fresh, sender, stop);
                    return new(Outcome.Accepted, operation.Then(fresh.Object));
                }
                catch (KubernetesApiException e) when (e.IsConflict && attempt < Attempts)
                {
                    // The object changed between reading and writing, mostly its status: look again whether the rule still holds.
                }
            }
        }
        catch (KubernetesApiException e)
        {
            return operation.Explain(e) ?? Refusals.Of(e, seen.Name);
        }
    }

    private AuditEntry Entry<T>(Operation<T> operation, Sender sender) where T : class, IKubernetesObject => new()
    {
        Time = time.GetUtcNow(),
        Id = NewId(),
        Stage = AuditStage.Issued,
        User = sender.Name,
        Action = operation.Action,
        Kind = operation.Kind.Kind,
        Namespace = operation.Seen.Namespace,
        Name = operation.Seen.Name,
        Uid = operation.Seen.Uid,
        Reason = operation.Reason,
        Command = operation.Command
    };

    private static string NewId() => Guid.NewGuid().ToString("N")[..12];
}
