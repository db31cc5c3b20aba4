using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using static FlinkDashboard.Tests.Support.FlinkObjects;

namespace FlinkDashboard.Tests.Operations;

public class ApplicationRulesTests
{
    [Theory]
    [InlineData("STABLE", "RUNNING", "running", "")]
    [InlineData("DEPLOYED", "RECONCILING", "running", "")]
    [InlineData("STABLE", "RESTARTING", "running", "")]
    [InlineData("FAILED", "FAILED", "running", "")]
    [InlineData("UPGRADING", "FINISHED", "running", "")]
    [InlineData("SOMETHING_NEW", "RUNNING", "running", "")]
    [InlineData("SUSPENDED", "FINISHED", "suspended", "suspended already")]
    [InlineData("STABLE", "RUNNING", "suspended", "being suspended already")]
    [InlineData("STABLE", "FINISHED", "running", "finished by itself")]
    [InlineData("ROLLING_BACK", "RUNNING", "running", "rolling it back")]
    [InlineData("DELETING", "RUNNING", "running", "being deleted")]
    public void Suspend_IsAllowed_OrSaysWhyNot(string lifecycle, string job, string desired, string reason)
    {
        AssertRule(reason, ApplicationRules.CanSuspend(Application(lifecycle: lifecycle, job: job, desired: desired)));
        AssertRule(reason, ApplicationRules.CanSuspend(SessionJob(lifecycle: lifecycle, job: job, desired: desired)));
    }

    [Theory]
    [InlineData("SUSPENDED", "FINISHED", "suspended", "")]
    [InlineData("STABLE", "RUNNING", "suspended", "")]
    [InlineData("CREATED", "", "suspended", "")]
    [InlineData("UPGRADING", "CANCELLING", "suspended", "still being suspended")]
    [InlineData("STABLE", "RUNNING", "running", "not suspended")]
    [InlineData("DELETING", "", "suspended", "being deleted")]
    public void Resume_IsAllowed_OrSaysWhyNot(string lifecycle, string job, string desired, string reason)
    {
        AssertRule(reason, ApplicationRules.CanResume(Application(lifecycle: lifecycle, job: job, desired: desired)));
        AssertRule(reason, ApplicationRules.CanResume(SessionJob(lifecycle: lifecycle, job: job, desired: desired)));
    }

    [Fact]
    public void SessionCluster_HasNoJobToSuspend()
    {
        AssertRule("suspend its session jobs", ApplicationRules.CanSuspend(Session()));
        AssertRule("resume its session jobs", ApplicationRules.CanResume(Session()));
    }

    [Fact]
    public void NeverDeployed_HasNothingToSuspend()
    {
        AssertRule("not deployed it yet", ApplicationRules.CanSuspend(Application(reconciled: false)));
        var app = Application(reconciled: false);
        AssertRule("could not deploy", ApplicationRules.CanSuspend(app with { Status = app.Status with { Error = "x" } }));
    }

    [Fact]
    public void SessionClusterWithJobs_IsNotDeleted_UnlessTheOperatorDoesNotCare()
    {
        FlinkSessionJob[] jobs = [SessionJob(name: "b"), SessionJob(name: "a"), SessionJob(name: "other") with { Spec = new() { DeploymentName = "another" } }];
        AssertRule("session jobs a, b must be deleted first", ApplicationRules.CanDelete(Session(), jobs));
        AssertRule("", ApplicationRules.CanDelete(Session(), []));
        var careless = Session();
        careless = careless with { Spec = careless.Spec with { FlinkConfiguration = FlinkDashboard.Model.StringMap.From([new("kubernetes.operator.session.deletion.block-on-session-jobs", "false")]) } };
        AssertRule("", ApplicationRules.CanDelete(careless, jobs));
    }

    [Fact]
    public void Delete_IsAllowed_InAnyState_ButOnce()
    {
        AssertRule("", ApplicationRules.CanDelete(Application(lifecycle: "FAILED", job: "FAILED"), []));
        AssertRule("", ApplicationRules.CanDelete(SessionJob(lifecycle: "UPGRADING")));
        var app = Application();
        AssertRule("being deleted", ApplicationRules.CanDelete(app with { Metadata = app.Metadata with { DeletionTimestamp = Now } }, []));
    }

    [Fact]
    public void ColourOfABlueGreenDeployment_IsActedOnThroughItsParent()
    {
        var app = Application();
        app = app with { Metadata = app.Metadata with { OwnerReferences = [new() { Kind = "FlinkBlueGreenDeployment", Name = "shop", Uid = "p" }] } };
        AssertRule("blue/green deployment shop", ApplicationRules.CanSuspend(app));
        AssertRule("blue/green deployment shop", ApplicationRules.CanDelete(app, []));
    }

    private static void AssertRule(string reason, FlinkDashboard.Access.Decision decision)
    {
        Assert.Equal(reason.Length == 0, decision.Allowed);
        Assert.Contains(reason, decision.Reason, StringComparison.Ordinal);
        Assert.Equal(decision.Allowed, decision.Reason.Length == 0);
    }
}
