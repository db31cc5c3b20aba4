using System.Collections.Concurrent;
using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Audit;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>
/// Runs an operation the one way all are run: audit, rights, fresh object, rule, dry run, send as the user, audit. The same action of the same user on
/// the same object runs once at a time: a double click waits for the first and gets its answer.
/// </summary>
public sealed class OperationRunner(KubernetesApi api, AccessReviews reviews, AuditTrail audit, TimeProvider time)
{
    private const int Attempts = 3;
    private readonly ConcurrentDictionary<string, Lazy<Task<OperationResult>>> running = new(StringComparer.Ordinal);

    /// <summary>Runs it, or joins the one under way. A viewer who leaves does not stop what has begun.</summary>
    internal async Task<OperationResult> RunAsync<T>(Operation<T> operation, CurrentUser user, CancellationToken stop) where T : class, IKubernetesObject
    {
        var (identity, name) = (user.Identity, user.Name);
        var key = $"{identity?.Key}|{operation.Action}|{operation.Kind.QualifiedName}|{operation.Seen.Namespace}|{operation.Seen.Name}|{operation.Seen.Uid}";
        return await running.GetOrAdd(key, _ => new(() => AloneAsync(key, operation, identity, name))).Value.WaitAsync(stop);
    }

    private async Task<OperationResult> AloneAsync<T>(string key, Operation<T> operation, UserIdentity? identity, string name) where T : class, IKubernetesObject
    {
        try
        {
            return await OnceAsync(operation, identity, name, CancellationToken.None);
        }
        finally
        {
            running.TryRemove(key, out _);
        }
    }

    private async Task<OperationResult> OnceAsync<T>(Operation<T> operation, UserIdentity? identity, string name, CancellationToken stop) where T : class, IKubernetesObject
    {
        var entry = new AuditEntry
        {
            Time = time.GetUtcNow(),
            Id = Guid.NewGuid().ToString("N")[..12],
            Stage = AuditStage.Issued,
            User = identity?.Name ?? name,
            Action = operation.Action,
            Kind = operation.Kind.Kind,
            Namespace = operation.Seen.Namespace,
            Name = operation.Seen.Name,
            Uid = operation.Seen.Uid,
            Reason = operation.Reason,
            Command = operation.Command
        };
        await audit.WriteAsync(entry, operation.Target, stop);
        OperationResult result;
        try
        {
            result = await StepsAsync(operation, identity, stop);
        }
        catch (KubernetesApiException e)
        {
            result = Explain(e, operation.Seen);
        }
        var stage = result.IsGood ? AuditStage.Executed : AuditStage.Failed;
        await audit.WriteAsync(entry with { Time = time.GetUtcNow(), Stage = stage, Result = result.Message }, operation.Target, stop);
        return result;
    }

    private async Task<OperationResult> StepsAsync<T>(Operation<T> operation, UserIdentity? identity, CancellationToken stop) where T : class, IKubernetesObject
    {
        var seen = operation.Seen;
        var right = await reviews.MayAsync(identity, operation.Verb, operation.Kind, null, seen.Namespace, seen.Name, stop);
        if (!right.Allowed)
            return new(Outcome.Forbidden, right.Reason);
        for (var attempt = 1; ; attempt++)
        {
            var fresh = await api.GetAsync(operation.Kind, seen.Namespace, seen.Name, identity, stop);
            if (fresh.Metadata.Uid != seen.Uid)
                return new(Outcome.Refused, $"{seen.Name} has been deleted and created anew since this page showed it; look at the new one first.");
            if (operation.Already(fresh) is { } already)
                return new(Outcome.AlreadySo, already);
            var rule = await operation.Rule(fresh, stop);
            if (!rule.Allowed)
                return new(Outcome.Refused, rule.Reason);
            try
            {
                await operation.Send(fresh, true, identity, stop);
                await operation.Send(fresh, false, identity, stop);
                return new(Outcome.Accepted, operation.Then(fresh));
            }
            catch (KubernetesApiException e) when (e.IsConflict && attempt < Attempts)
            {
                // The object changed between reading and writing, mostly its status: look again whether the rule still holds.
            }
        }
    }

    private static OperationResult Explain(KubernetesApiException e, ObjectMeta seen) => e switch
    {
        { IsForbidden: true } => new(Outcome.Forbidden, e.Message),
        { IsNotFound: true } => new(Outcome.Refused, $"{seen.Name} no longer exists."),
        { Causes.Count: > 0 } => new(Outcome.Failed, $"{e.Message} {string.Join(" ", e.Causes.Where(c => c.Message is not null && !e.Message.Contains(c.Message, StringComparison.Ordinal)).Select(c => $"{c.Field}: {c.Message}"))}".Trim()),
        _ => new(Outcome.Failed, e.Message)
    };
}
