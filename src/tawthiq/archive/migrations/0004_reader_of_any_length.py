from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0003_claim_groups'),
    ]

    operations = [
        migrations.AlterField(
            model_name='report',
            name='reader',
            field=models.TextField(),
        ),
    ]
