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

    private IRenderedComponent<MudDialogProvider> Open()
    {
        var dialogs = Render<MudDialogProvider>();
        var bar = Render<ActionBar>(parameters => parameters.Add(one => one.Offers, [Offer(null)]));
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
