using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.State.Storage;

namespace FlinkDashboard.Operations;

/// <summary>The end of a beginning: an upload to send parts to.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Message">One or two sentences for the user.</param>
/// <param name="Id">Id of the upload; null when refused.</param>
/// <param name="Users">Refused because a jar of this name is there: applications that run it. Null otherwise.</param>
public sealed record UploadBegun(Outcome Outcome, string Message, string? Id, IReadOnlyList<string>? Users = null) : OperationResult(Outcome, Message);

/// <summary>The end of one part.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Message">Why not; empty when it arrived.</param>
/// <param name="IsLasting">Sending it again will not help.</param>
public sealed record PartSent(Outcome Outcome, string Message, bool IsLasting);

/// <summary>
/// Uploads jars in parts. The server keeps nothing of an upload: S3 knows which parts are there, so that an upload goes on after a reload, a lost connection or a restart
/// of the dashboard. Each step asks for the right anew; beginning, completing and abandoning stand in the audit trail.
/// </summary>
public sealed class StorageOperations(S3Api api, StorageFiles files, StorageOwners owners, OperationRunner runner, AccessReviews reviews, DashboardOptions options)
{
    private const string JarType = "application/java-archive";

    // Each part is held in memory while it is sent.
    private readonly SemaphoreSlim room = new(6, 6);

    /// <summary>Where jars go; null: nowhere.</summary>
    public StorageAddress? Folder => files.Locations.Jars;

    /// <summary>Largest jar, MiB.</summary>
    public int Limit => options.Storage.UploadLimit;

    /// <summary>Begins an upload. Refused with the applications that run it when a jar of this name is there and the user was not told so.</summary>
    public Task<OperationResult> BeginUploadAsync(JarUpload upload, CurrentUser user, string? reason, CancellationToken stop) => RunAsync("BeginUpload", upload, user, reason, async (place, sender, go) =>
        await StandingAsync(upload, place, sender, go) is { } refusal ? refusal : new UploadBegun(Outcome.Accepted, $"The upload of {upload.Name} has begun.", await api.BeginUploadAsync(place, JarType, go)), stop);

    /// <summary>Makes the jar of its parts.</summary>
    public Task<OperationResult> CompleteUploadAsync(JarUpload upload, string id, CurrentUser user, string? reason, CancellationToken stop) => RunAsync("Upload", upload, user, reason, async (place, sender, go) =>
    {
        var parts = await api.PartsAsync(place, id, go);
        if (parts.Count != upload.Parts || parts.Any(p => p.Size != upload.SizeOf(p.Number)))
            return new(Outcome.Refused, $"{upload.Name} is not whole: {parts.Count} of {upload.Parts} parts are there.");
        if (await StandingAsync(upload, place, sender, go) is { } refusal)
            return refusal;
        await api.CompleteUploadAsync(place, id, parts, upload.Replaces is null, go);
        return new(Outcome.Accepted, $"{upload.Name} is uploaded to {place}.");
    }, stop);

    /// <summary>Gives an upload up; its parts are dropped.</summary>
    public Task<OperationResult> AbandonUploadAsync(JarUpload upload, string id, CurrentUser user, string? reason, CancellationToken stop) => RunAsync("AbandonUpload", upload, user, reason, async (place, _, go) =>
    {
        await api.AbortUploadAsync(place, id, go);
        return new(Outcome.Accepted, $"The upload of {upload.Name} is given up; what had arrived is dropped.");
    }, stop);

    /// <summary>Numbers of the parts that have arrived whole; null when there is no such upload, or it may not be asked for.</summary>
    public async Task<IReadOnlyList<int>?> ArrivedAsync(JarUpload upload, string id, CurrentUser user, CancellationToken stop)
    {
        if (!StorageRules.CanUpload(upload, Folder, Limit).Allowed || !(await MayAsync(upload.Namespace, user, stop)).Allowed)
            return null;
        try
        {
            return [.. (await api.PartsAsync(PlaceOf(upload), id, stop)).Where(p => p.Number <= upload.Parts && p.Size == upload.SizeOf(p.Number)).Select(p => p.Number)];
        }
        catch (S3Exception e) when (e.Fault == S3Fault.Absent)
        {
            return null;
        }
    }

    /// <summary>Sends one part.</summary>
    /// <param name="upload">Of what.</param>
    /// <param name="id">Id of the upload.</param>
    /// <param name="number">Which, from 1.</param>
    /// <param name="read">Reads its bytes; called when there is room for them.</param>
    /// <param name="user">Whose right is asked.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<PartSent> SendPartAsync(JarUpload upload, string id, int number, Func<int, CancellationToken, Task<byte[]>> read, CurrentUser user, CancellationToken stop)
    {
        if (StorageRules.CanUpload(upload, Folder, Limit) is { Allowed: false } rule)
            return new(Outcome.Refused, rule.Reason, true);
        var may = await MayAsync(upload.Namespace, user, stop);
        if (!may.Allowed)
            return new(Outcome.Forbidden, may.Reason, true);
        await room.WaitAsync(stop);
        try
        {
            var content = await read(number >= 1 && number <= upload.Parts ? (int)upload.SizeOf(number) : 0, stop);
            if (StorageRules.CanSend(upload, number, content) is { Allowed: false } no)
                return new(Outcome.Refused, no.Reason, true);
            using var memory = new MemoryStream(content, writable: false);
            await api.SendPartAsync(PlaceOf(upload), id, number, memory, stop);
            return new(Outcome.Accepted, "", false);
        }
        catch (S3Exception e)
        {
            return new(Outcome.Failed, e.Message, e.Fault is not (S3Fault.Throttled or S3Fault.Unreachable or S3Fault.Refused));
        }
        finally
        {
            room.Release();
        }
    }

    private Task<OperationResult> RunAsync(string action, JarUpload upload, CurrentUser user, string? reason, Func<StorageAddress, Sender, CancellationToken, Task<OperationResult>> work, CancellationToken stop) =>
        runner.RunAsync(new FileOperation(action, upload.Namespace, upload.Name, reason, $"aws s3 cp {upload.Name} {Folder}{upload.Name}", async (sender, go) =>
        {
            if (StorageRules.CanUpload(upload, Folder, Limit) is { Allowed: false } rule)
                return new(Outcome.Refused, rule.Reason);
            try
            {
                return await work(PlaceOf(upload), sender, go);
            }
            catch (S3Exception e)
            {
                return new(e.Fault is S3Fault.Changed ? Outcome.Conflict : Outcome.Failed, e.Fault is S3Fault.Changed ? $"A jar named {upload.Name} has appeared meanwhile; nothing was replaced." : e.Message);
            }
        }), user, stop);

    // The refusal when a jar of this name is there; null when there is none, or it may be replaced.
    private async Task<OperationResult?> StandingAsync(JarUpload upload, StorageAddress place, Sender sender, CancellationToken stop)
    {
        StorageObject there;
        try
        {
            there = (await api.HeadAsync(place, stop)).Object;
        }
        catch (S3Exception e) when (e.Fault == S3Fault.Absent)
        {
            return null;
        }
        var users = owners.Current.UsersOf(place);
        foreach (var user in users)
        {
            var kind = user.IsSessionJob ? (KindInfo)FlinkSessionJob.Info : FlinkDeployment.Info;
            var may = await reviews.MayAsync(sender.Identity, "patch", kind, null, user.Namespace, user.Name, stop);
            if (!may.Allowed)
                return new(Outcome.Forbidden, $"{upload.Name} is there already, and {user.Namespace}/{user.Name} runs it, which you may not change. {may.Reason} Take another name.");
        }
        List<string> names = [.. users.Select(u => $"{u.Namespace}/{u.Name}").Distinct()];
        return StorageRules.CanReplace(upload, there, names) is { Allowed: false } no ? new UploadBegun(Outcome.Refused, no.Reason, null, names) : null;
    }

    private Task<Decision> MayAsync(string ns, CurrentUser user, CancellationToken stop) => reviews.MayAsync(user.Identity, FileOperation.Right.Verb, FileOperation.Right.Kind, null, ns, null, stop);

    private StorageAddress PlaceOf(JarUpload upload) => Folder!.Value with { Key = Folder.Value.Key + upload.Name };
}
