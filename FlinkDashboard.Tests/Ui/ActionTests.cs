using Bunit;
using FlinkDashboard.Ui.Actions;
using MudBlazor;

namespace FlinkDashboard.Tests.Ui;

public sealed class ActionTests : UiContext
{
    private int _runs;
    private string? _why;
    private ActionAnswer _answer = new(true, "Deletion of orders is accepted.");

    [Fact]
    public void Bar_RefusedAction_SaysWhyAndOpensNothing()
    {
        var dialogs = Render<MudDialogProvider>();
        var bar = Render<ActionBar>(parameters => parameters.Add(one => one.Offers, [Offer("It is not suspended.")]));
        var button = bar.Find("button");
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        Assert.Equal("It is not suspended.", button.GetAttribute("title"));
        Assert.Contains("It is not suspended.", button.TextContent);
        button.Click();
        Assert.Empty(dialogs.FindAll(".mud-dialog"));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public void Dialog_DangerousAction_WaitsForTheTypedName()
    {
        var dialogs = Open();
        Assert.Contains("loses the state since checkpoint 421", dialogs.Find(".consequence").TextContent);
        Assert.Contains("kubectl -n team delete flinkdeployment orders", dialogs.Find(".command").TextContent);
        Assert.True(dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        dialogs.Find("[data-typed-name]").Input("order");
        Assert.True(dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        dialogs.Find("[data-typed-name]").Input("orders");
        Assert.False(dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        dialogs.Find("[data-reason]").Input("moved to the other region");
        dialogs.Find("[data-confirm]").Click();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        Assert.Equal((1, "moved to the other region"), (_runs, _why));
    }

    [Fact]
    public void Dialog_RefusedByTheCluster_KeepsWhatWasTyped()
    {
        _answer = new ActionAnswer(false, "User viewer may not delete flinkdeployments in namespace team.");
        var dialogs = Open();
        dialogs.Find("[data-typed-name]").Input("orders");
        dialogs.Find("[data-confirm]").Click();
        dialogs.WaitForAssertion(() => Assert.Contains("may not delete", dialogs.Find("[role=alert]").TextContent));
        Assert.Equal("orders", dialogs.Find("[data-typed-name]").GetAttribute("value"));
        Assert.False(dialogs.Find("[data-confirm]").HasAttribute("disabled"));
    }

    [Fact]
    public void Form_TypedInto_TellsLive_NamesTheBrokenRule_AndKeepsInputOnRefusal()
    {
        ActionValues? sent = null;
        var answer = new ActionAnswer(false, "spec.job.parallelism: the API server does not want it.");
        var form = new ActionForm([new("parallelism", "Parallelism", "2", FieldShape.Number) { Refusal = text => text == "0" ? "It must be at least 1." : null }],
            values => new ActionConsequence($"Restarts with parallelism {values.Number("parallelism")}.", [], false, $"kubectl scale {values["parallelism"]}"),
            (values, _, _) =>
            {
                sent = values;
                return Task.FromResult(answer);
            });
        var dialogs = Open(Offer(null) with { Verb = "Scale", Danger = false, Form = form });
        Assert.Contains("parallelism 2", dialogs.Find("[data-consequence]").TextContent);
        dialogs.Find("[data-field=parallelism]").Input("4");
        Assert.Contains("parallelism 4", dialogs.Find("[data-consequence]").TextContent);
        Assert.Contains("kubectl scale 4", dialogs.Find(".command").TextContent);
        dialogs.Find("[data-field=parallelism]").Input("0");
        Assert.Equal("Parallelism: It must be at least 1.", dialogs.Find("[data-field-problem=parallelism]").TextContent);
        Assert.True(dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        dialogs.Find("[data-field=parallelism]").Input("8");
        dialogs.Find("[data-confirm]").Click();
        dialogs.WaitForAssertion(() => Assert.Contains("does not want it", dialogs.Find("[data-refused]").TextContent));
        Assert.Equal(8, sent!.Number("parallelism"));
        Assert.Equal("8", dialogs.Find("[data-field=parallelism]").GetAttribute("value"));
    }

    [Fact]
    public void Bulk_OneFails_TheRestIsNotBegun_AndRefusedOnesAreToldFirst()
    {
        var asked = new List<string>();
        ActionOffer One(string name, bool good, string? refusal = null) => new("Suspend", "pause", name, refusal, () => new ActionConsequence($"Suspends {name}.", [], false, ""), (_, _) =>
        {
            asked.Add(name);
            return Task.FromResult(new ActionAnswer(good, good ? "accepted" : "quota exceeded"));
        });
        ActionOffer[] offers = [One("a", true), One("b", false), One("c", true), One("d", true, "It is suspended already.")];
        var dialogs = Render<MudDialogProvider>();
        var bar = Render<BulkBar>(parameters => parameters.Add(one => one.Ticks, FlinkDashboard.Ui.Tables.RowSelection.None.AllOrNone(["a", "b", "c", "d"])).Add(one => one.Noun, "application")
            .Add(one => one.Offers, BulkOffer.Of(["Suspend", "Resume"], "application", offers.Select(offer => (offer.Target, (IReadOnlyList<ActionOffer>)[offer])))));
        Assert.Contains("4 applications selected", bar.Find("[role=status]").TextContent);
        bar.Find("[data-bulk-bar] .button").Click();
        dialogs.WaitForAssertion(() => Assert.Contains("It is suspended already.", dialogs.Find("[data-refused=d]").TextContent));
        dialogs.Find("[data-confirm]").Click();
        dialogs.WaitForAssertion(() => Assert.Equal("1 accepted, 1 failed, 1 not begun.", dialogs.Find("[data-bulk-result]").TextContent));
        Assert.Equal(["a", "b"], asked);
        Assert.Contains("quota exceeded", dialogs.Find("[data-bulk=b]").TextContent);
    }

    private IRenderedComponent<MudDialogProvider> Open() => Open(Offer(null));

    private IRenderedComponent<MudDialogProvider> Open(ActionOffer offer)
    {
        var dialogs = Render<MudDialogProvider>();
        var bar = Render<ActionBar>(parameters => parameters.Add(one => one.Offers, [offer]));
        bar.Find("button").Click();
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("[data-confirm]")));
        return dialogs;
    }

    private ActionOffer Offer(string? refusal) => new("Delete", "trash", "orders", refusal,
        () => new ActionConsequence("Deletes orders and loses the state since checkpoint 421.", ["Files are not deleted."], true, "kubectl -n team delete flinkdeployment orders"),
        (why, _) =>
        {
            (_runs, _why) = (_runs + 1, why);
            return Task.FromResult(_answer);
        })
    { Danger = true };
}
