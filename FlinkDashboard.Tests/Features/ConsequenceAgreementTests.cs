using FlinkDashboard.Access;
using FlinkDashboard.Features;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Operations;
using FlinkDashboard.State;
using FlinkDashboard.State.Flink;
using FlinkDashboard.Tests.App;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Editing;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Features;

/// <summary>Dialogs that tell from the slim record, and previews that ask the operator's rules about the whole spec, never contradict each other.</summary>
public sealed class ConsequenceAgreementTests
{
    [Fact]
    public async Task SuspendResumeAndRestart_OfEveryApplication_AreToldAlike()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "busy"), ("Sandbox:Speed", "0"));
        foreach (var one in app.State.All.Where(c => c.KindInfo.Watched))
            await one.UntilAsync(() => one.Status.State == WatchState.Live);
        var (api, schemas, time) = (Get<KubernetesApi>(), Get<InstalledSchemas>(), Get<TimeProvider>());
        var user = CurrentUser.Of(null, new(), Get<UserChoices>());
        using var visibility = new Visibility(user, Get<AccessReviews>(), time, NullLogger<Visibility>.Instance);
        var view = new ClusterView(app.State, Get<FlinkBoard>(), visibility, user);
        var facts = new PreviewFacts(view, app.State, schemas, Get<OperatorDefaults>(), new(Get<JobManagerFeeds>(), visibility), time);
        var telling = new EditTelling(view, api, facts, schemas, time);
        var schema = await schemas.OfAsync(FlinkDeployment.Info, default);
        var (wrong, compared) = (new List<string>(), 0);
        foreach (var one in app.Cache<FlinkDeployment>().Current.All.Where(a => !a.Spec.IsSession))
        {
            var manifest = Manifest.Parse(await api.ReadYamlAsync(FlinkDeployment.Info, one.Metadata.Namespace, one.Metadata.Name, null, default));
            var around = telling.Around(one);
            var target = FlinkTarget.Of(one);
            Compare("suspend", ApplicationRules.CanSuspend(one).Allowed, () => ConsequenceOf.Suspend(one, around), State("suspended"));
            Compare("resume", ApplicationRules.CanResume(one).Allowed, () => ConsequenceOf.Resume(one, around), State("running"));
            Compare("restart", UpgradeRules.CanRestart(target).Allowed, () => ConsequenceOf.Edit(one, SpecEdits.Restart(target), around), SpecEdits.Restart(target));

            void Compare(string action, bool allowed, Func<Consequence> tell, SpecEdit edit)
            {
                if (!allowed)
                    return;
                var preview = EffectPreview.Of(facts.Of(one, edit.ApplyTo(manifest), schema));
                if (preview.Kind is EffectKind.CannotTell or EffectKind.Waits or EffectKind.NoChange or EffectKind.NoEffect)
                    return;
                var told = tell();
                compared++;
                if (told.LosesState != preview.LosesState || WayOf(told.Summary, preview) != Way(preview))
                    wrong.Add($"{action} {one.Metadata.Name} ({one.Status.JobStatus.State.Text}, {one.Spec.Job!.UpgradeMode.Text}): \"{told.Summary}\" ({told.LosesState}) but \"{preview.Sentence}\" ({preview.LosesState}, {preview.Stop}, {preview.Restore})");
            }
        }
        T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();
        Assert.True(compared > 20, $"only {compared} were compared");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static SpecEdit State(string state) => new("SetState", state, [new FieldSetting("spec.job.state", state, ScalarKind.Text)]);

    private static string Way(EffectPreview preview) => (preview.Stop, preview.Restore) switch
    {
        (StopWay.StopWithSavepoint, _) => "savepoint",
        (_, RestoreFrom.HaMetadata or RestoreFrom.LastCheckpoint) => "checkpoint",
        (_, RestoreFrom.KnownSavepoint) => "known",
        _ => "empty"
    };

    // The same word read from the sentence.
    private static string WayOf(string summary, EffectPreview preview) =>
        summary.Contains("akes a savepoint first", StringComparison.Ordinal) ? "savepoint"
        : summary.Contains("empty state", StringComparison.Ordinal) || summary.Contains("no state to continue from", StringComparison.Ordinal) ? "empty"
        : summary.Contains("last completed checkpoint", StringComparison.Ordinal) ? "checkpoint"
        : preview.State is not null ? "known" : "?";
}
